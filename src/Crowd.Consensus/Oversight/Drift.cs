namespace Crowd.Consensus.Oversight;

/// <summary>One span of time in which people answered what the model had predicted.</summary>
/// <param name="Agreed">Items where the model's label was that of the people.</param>
/// <param name="Count">Items.</param>
/// <param name="Predicted">Items by predicted label.</param>
public sealed record DriftWindow(double Agreed, double Count, IReadOnlyList<double> Predicted);

/// <summary>How a window differs from the one it is held against.</summary>
/// <param name="Change">The window's agreement less the earlier one's, with Newcombe's interval.</param>
/// <param name="Probability">Of a change at least so great by chance: <see cref="Share.Test"/>.</param>
/// <param name="StabilityIndex">Population stability index of the predicted labels; below 0.1 is usually called stable, above 0.25 moved (Siddiqi 2006).</param>
/// <param name="Divergence">Jensen-Shannon divergence of the predicted labels in bits, 0 to 1.</param>
public sealed record DriftResult(Estimate Change, double Probability, double StabilityIndex, double Divergence);

/// <summary>Whether a model's agreement with people, or what it predicts, changes over time.</summary>
public static class Drift
{
    /// <summary>Added to every label's count, so that a label which did not occur has a logarithm.</summary>
    private const double Smoothing = 0.5;

    public static DriftResult Between(DriftWindow earlier, DriftWindow later, double level = Estimate.DefaultLevel) => new(
        Share.Difference(later.Agreed, later.Count, earlier.Agreed, earlier.Count, level),
        Share.Test(later.Agreed, later.Count, earlier.Agreed, earlier.Count),
        StabilityIndex(earlier.Predicted, later.Predicted),
        JensenShannon(earlier.Predicted, later.Predicted));

    /// <summary>Σ (q − p) ln(q / p) over the shares of the labels: the symmetrised divergence of Kullback and Leibler 1951. 0 or more.</summary>
    public static double StabilityIndex(IReadOnlyList<double> earlier, IReadOnlyList<double> later)
    {
        var (p, q) = (Shares(earlier, Smoothing), Shares(later, Smoothing));
        var sum = 0.0;
        for (var k = 0; k < p.Length; k++) sum += (q[k] - p[k]) * Math.Log(q[k] / p[k]);
        return sum;
    }

    /// <summary>Lin 1991: the mean divergence of both from their mean, in bits. 0 for equal shares, 1 for shares without a common label.</summary>
    public static double JensenShannon(IReadOnlyList<double> earlier, IReadOnlyList<double> later)
    {
        var (p, q) = (Shares(earlier, 0), Shares(later, 0));
        var sum = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            var mean = (p[k] + q[k]) / 2;
            if (p[k] > 0) sum += p[k] / 2 * Math.Log2(p[k] / mean);
            if (q[k] > 0) sum += q[k] / 2 * Math.Log2(q[k] / mean);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static double[] Shares(IReadOnlyList<double> counts, double smoothing)
    {
        var total = counts.Sum() + (smoothing * counts.Count);
        return [.. counts.Select(c => total > 0 ? (c + smoothing) / total : 1.0 / counts.Count)];
    }
}
