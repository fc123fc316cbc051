namespace Crowd.Consensus.Categories.Rules;

/// <summary>Dawid and Skene's eq. 2.3 and 2.4 with the prior's pseudo-counts: a full matrix for every worker.</summary>
internal sealed class ConfusionRule(ConfusionPrior prior) : ITableRule
{
    /// <summary>Keeps a label possible that a worker was never seen to give.</summary>
    internal const double Floor = 1e-10;

    public double Estimate(HiddenShape shape, Span<double> table, Span<double> shares)
    {
        var objective = Divide(shares[..shape.States], prior.Share);
        var width = shape.Stride;
        Span<double> sums = stackalloc double[width <= 64 ? width : 0];
        if (sums.IsEmpty) sums = new double[width];
        for (var w = 0; w < shape.Workers; w++)
        {
            var matrix = table.Slice(w * shape.Labels * width, shape.Labels * width);
            sums.Clear();
            for (var l = 0; l < shape.Labels; l++)
            {
                for (var s = 0; s < shape.States; s++)
                {
                    ref var entry = ref matrix[(l * width) + s];
                    entry = Math.Max(entry + (l == shape.LabelOf(s) ? prior.Diagonal : prior.OffDiagonal), Floor);
                    sums[s] += entry;
                }
            }

            for (var l = 0; l < shape.Labels; l++)
            {
                for (var s = 0; s < shape.States; s++) matrix[(l * width) + s] /= sums[s];
            }

            if (prior != default) objective += LogPrior(shape, matrix);
        }

        return objective;
    }

    /// <summary>Turns counts into shares; returns the log prior density of the shares up to a constant.</summary>
    internal static double Divide(Span<double> shares, double pseudoCount)
    {
        var total = 0.0;
        foreach (ref var share in shares)
        {
            share = Math.Max(share + pseudoCount, Floor);
            total += share;
        }

        var density = 0.0;
        foreach (ref var share in shares)
        {
            share /= total;
            if (pseudoCount > 0) density += pseudoCount * Math.Log(share);
        }

        return density;
    }

    private double LogPrior(HiddenShape shape, ReadOnlySpan<double> matrix)
    {
        var sum = 0.0;
        for (var l = 0; l < shape.Labels; l++)
        {
            for (var s = 0; s < shape.States; s++)
                sum += (l == shape.LabelOf(s) ? prior.Diagonal : prior.OffDiagonal) * Math.Log(matrix[(l * shape.Stride) + s]);
        }

        return sum;
    }
}
