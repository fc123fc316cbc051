using Crowd.Consensus.Numerics;

namespace Crowd.Consensus.Categories.Rules;

/// <summary>Pseudo-counts of the Dirichlet priors of the Bayesian classifier combinations.</summary>
/// <param name="Diagonal">Of right answers, in each row of each worker's matrix.</param>
/// <param name="OffDiagonal">Of each wrong answer.</param>
/// <param name="Share">Of each label's share.</param>
/// <param name="Subtype">Of each subtype within a label; below one the fit prefers few.</param>
public readonly record struct ClassifierPrior(double Diagonal, double OffDiagonal, double Share, double Subtype);

/// <summary>
/// Variational Bayes: the factor of an answer is exp E[ln v], that is exp(ψ(count) − ψ(total)), under the Dirichlet posterior of a row (Kim and
/// Ghahramani 2012 for one subtype; Li, Rubinstein and Cohn 2019, eq. 8 to 11, for several).
/// </summary>
internal sealed class DirichletRule(ClassifierPrior prior) : ITableRule
{
    public double Estimate(HiddenShape shape, Span<double> table, Span<double> shares)
    {
        var divergence = Shares(shape, shares, prior);
        var row = new double[shape.Labels];
        var before = new double[shape.Labels];
        for (var w = 0; w < shape.Workers; w++)
        {
            for (var s = 0; s < shape.States; s++)
            {
                for (var l = 0; l < shape.Labels; l++)
                {
                    before[l] = l == shape.LabelOf(s) ? prior.Diagonal : prior.OffDiagonal;
                    row[l] = table[shape.At(w, l, s)] + before[l];
                }

                divergence += Expect(row, before);
                for (var l = 0; l < shape.Labels; l++) table[shape.At(w, l, s)] = Math.Exp(row[l]);
            }
        }

        return -divergence;
    }

    internal static double Shares(HiddenShape shape, Span<double> shares, ClassifierPrior prior)
    {
        var labels = new double[shape.Labels];
        var labelPrior = new double[shape.Labels];
        var subtypePrior = new double[shape.Subtypes];
        Array.Fill(labelPrior, prior.Share);
        Array.Fill(subtypePrior, prior.Subtype);
        for (var s = 0; s < shape.States; s++) labels[shape.LabelOf(s)] += shares[s];
        for (var k = 0; k < shape.Labels; k++) labels[k] += prior.Share;

        var divergence = Expect(labels, labelPrior);
        for (var k = 0; k < shape.Labels; k++)
        {
            var subtypes = shares.Slice(k * shape.Subtypes, shape.Subtypes);
            foreach (ref var subtype in subtypes) subtype += prior.Subtype;
            divergence += Expect(subtypes, subtypePrior);
            foreach (ref var subtype in subtypes) subtype = Math.Exp(subtype + labels[k]);
        }

        return divergence;
    }

    /// <summary>Turns the parameters of a Dirichlet posterior into E[ln p]; returns the Kullback-Leibler divergence from its prior.</summary>
    internal static double Expect(Span<double> row, ReadOnlySpan<double> before)
    {
        double total = 0, totalBefore = 0, divergence = 0;
        for (var i = 0; i < row.Length; i++)
        {
            total += row[i];
            totalBefore += before[i];
        }

        var digamma = Gamma.Digamma(total);
        for (var i = 0; i < row.Length; i++)
        {
            var expected = Gamma.Digamma(row[i]) - digamma;
            if (row[i] > before[i]) divergence += Gamma.Log(before[i]) - Gamma.Log(row[i]);
            divergence += (row[i] - before[i]) * expected;
            row[i] = expected;
        }

        return divergence + Gamma.Log(total) - Gamma.Log(totalBefore);
    }
}
