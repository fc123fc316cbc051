namespace Crowd.Consensus.Oversight;

/// <summary>Quantiles of a sample.</summary>
public static class Quantiles
{
    /// <summary>Interpolated between the two observations around it (Hyndman and Fan 1996, type 7); NaN without observations.</summary>
    /// <param name="sorted">Rising.</param>
    /// <param name="part">0 for the least, 1 for the greatest.</param>
    public static double Of(IReadOnlyList<double> sorted, double part)
    {
        if (sorted.Count == 0) return double.NaN;

        var place = part * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 >= sorted.Count ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
