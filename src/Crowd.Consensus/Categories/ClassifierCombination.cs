using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Bayesian combination of classifiers, by variational inference. Workers are independent given the label in <see cref="IndependentName"/> (Kim and
/// Ghahramani 2012); in <see cref="CorrelatedName"/> (Li, Rubinstein and Cohn 2019) every label has hidden subtypes, and workers who err alike
/// on a subtype no longer count as independent witnesses.
/// </summary>
public static class ClassifierCombination
{
    public const string IndependentName = "ibcc";
    public const string CorrelatedName = "ebcc";

    /// <summary>Subtypes of each label in the correlated form.</summary>
    public const int Subtypes = 10;

    /// <summary>Random starts of the correlated form; the one with the highest evidence bound is kept.</summary>
    public const int Restarts = 3;

    /// <summary>Of the independent form.</summary>
    public static ClassifierPrior IndependentPrior { get; } = new(Diagonal: 2, OffDiagonal: 0.5, Share: 1, Subtype: 1);

    /// <summary>Of the correlated form.</summary>
    public static ClassifierPrior CorrelatedPrior { get; } = new(Diagonal: 4, OffDiagonal: 1, Share: 1, Subtype: 0.1);

    /// <summary>Workers independent given the label.</summary>
    public static CategoryResult RunIndependent(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var hidden = new HiddenFit(answers, options, new DirichletRule(IndependentPrior));
        hidden.Start(StartingPoint.Of(answers, options.Gold));
        var fit = hidden.Run(options);
        return CategoryOutcome.From(IndependentName, answers, options, hidden.Posteriors(), fit, hidden.Shares(), hidden.Confusions());
    }

    /// <summary>Workers correlated within a label.</summary>
    public static CategoryResult RunCorrelated(CategoryAnswers answers, CategoryOptions? options = null) =>
        RunCorrelated(answers, options ?? new CategoryOptions(), CorrelatedPrior, Subtypes, Restarts);

    internal static CategoryResult RunCorrelated(CategoryAnswers answers, CategoryOptions options, ClassifierPrior prior, int subtypes, int restarts)
    {
        HiddenFit? best = null;
        Fit? bestFit = null;
        for (var start = 0; start < restarts; start++)
        {
            var hidden = new HiddenFit(answers, options, new DirichletRule(prior), subtypes);
            hidden.Start(Scatter(answers, options, subtypes, unchecked((options.Seed * 7919) + start)));
            var fit = hidden.Run(options);
            if (bestFit is not null && fit.LogLikelihood <= bestFit.LogLikelihood + 1e-6) continue;

            best = hidden;
            bestFit = fit;
        }

        return CategoryOutcome.From(CorrelatedName, answers, options, best!.Posteriors(), bestFit!, best.Shares(), best.Confusions());
    }

    /// <summary>The shares of the votes, spread over the subtypes by chance: each row a draw from the flat Dirichlet.</summary>
    private static double[] Scatter(CategoryAnswers answers, CategoryOptions options, int subtypes, int seed)
    {
        var shares = StartingPoint.Of(answers, options.Gold);
        if (subtypes == 1) return shares;

        var random = new Random(seed);
        var order = LabelsByFrequency(answers);
        var scattered = new double[shares.Length * subtypes];
        var draw = new double[subtypes];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            foreach (var label in order)
            {
                var total = 0.0;
                for (var m = 0; m < subtypes; m++) total += draw[m] = -Math.Log(1 - random.NextDouble());

                var at = (t * answers.LabelCount) + label;
                for (var m = 0; m < subtypes; m++) scattered[(at * subtypes) + m] = shares[at] * draw[m] / total;
            }
        }

        return scattered;
    }

    /// <summary>Chance is dealt in this order, so that renaming labels deals them the same.</summary>
    private static int[] LabelsByFrequency(CategoryAnswers answers)
    {
        var totals = answers.LabelTotals();
        return [.. Enumerable.Range(0, totals.Length).OrderByDescending(k => totals[k]).ThenBy(k => k)];
    }
}
