using Crowd.Consensus.Numerics;

namespace Crowd.Consensus.Oversight;

/// <summary>Shares of a whole, and how they differ, with intervals that hold for few observations too.</summary>
public static class Share
{
    /// <summary>Wilson 1927: the score interval. Counts need not be whole: a count may be that of an effective sample.</summary>
    /// <param name="level">Of the interval, as 0.95.</param>
    public static Estimate Wilson(double hits, double count, double level = Estimate.DefaultLevel)
    {
        Estimate.CheckLevel(level);
        if (count <= 0) return new Estimate(double.NaN, 0, 1, 0);

        var z = Normal.Quantile((1 + level) / 2);
        var share = hits / count;
        var centre = (share + (z * z / (2 * count))) / (1 + (z * z / count));
        var half = z / (1 + (z * z / count)) * Math.Sqrt(Math.Max(0, share * (1 - share) / count) + (z * z / (4 * count * count)));
        return new Estimate(share, Math.Max(0, centre - half), Math.Min(1, centre + half), (int)Math.Round(count));
    }

    /// <summary>Clopper and Pearson 1934: the exact interval, which covers at least at its level whatever the true share.</summary>
    /// <inheritdoc cref="Wilson"/>
    public static Estimate Exact(double hits, double count, double level = Estimate.DefaultLevel)
    {
        Estimate.CheckLevel(level);
        if (count <= 0) return new Estimate(double.NaN, 0, 1, 0);

        var tail = (1 - level) / 2;
        var low = hits <= 0 ? 0 : Beta.Quantile(tail, hits, count - hits + 1);
        var high = hits >= count ? 1 : Beta.Quantile(1 - tail, hits + 1, count - hits);
        return new Estimate(hits / count, low, high, (int)Math.Round(count));
    }

    /// <summary>The first share less the second, for independent samples: Newcombe 1998, method 10, from the two Wilson intervals. −1 to 1.</summary>
    public static Estimate Difference(double hits1, double count1, double hits2, double count2, double level = Estimate.DefaultLevel)
    {
        var (first, second) = (Wilson(hits1, count1, level), Wilson(hits2, count2, level));
        if (!first.IsMeasured || !second.IsMeasured) return new Estimate(double.NaN, -1, 1, 0);

        var difference = first.Value - second.Value;
        var low = difference - Math.Sqrt(Square(first.Value - first.Low) + Square(second.High - second.Value));
        var high = difference + Math.Sqrt(Square(first.High - first.Value) + Square(second.Value - second.Low));
        return new Estimate(difference, Math.Max(-1, low), Math.Min(1, high), first.Count + second.Count);
    }

    /// <summary>
    /// The first share over the second, for independent samples: the interval of Katz et al. 1978 on the logarithm, with half an observation added to each
    /// count where one is nought (Pettigrew et al. 1986). 0 to infinity.
    /// </summary>
    public static Estimate Ratio(double hits1, double count1, double hits2, double count2, double level = Estimate.DefaultLevel)
    {
        Estimate.CheckLevel(level);
        if (count1 <= 0 || count2 <= 0) return new Estimate(double.NaN, 0, double.PositiveInfinity, 0);

        var extra = hits1 <= 0 || hits2 <= 0 ? 0.5 : 0;
        var (x1, n1, x2, n2) = (hits1 + extra, count1 + extra, hits2 + extra, count2 + extra);
        var ratio = x1 / n1 / (x2 / n2);
        var half = Normal.Quantile((1 + level) / 2) * Math.Sqrt(Math.Max(0, (1 / x1) - (1 / n1) + (1 / x2) - (1 / n2)));
        return new Estimate(ratio, ratio * Math.Exp(-half), ratio * Math.Exp(half), (int)Math.Round(count1 + count2));
    }

    /// <summary>The probability of shares at least so far apart if both were one: the pooled two-proportion z test, two-sided. NaN without observations.</summary>
    public static double Test(double hits1, double count1, double hits2, double count2)
    {
        if (count1 <= 0 || count2 <= 0) return double.NaN;

        var pooled = (hits1 + hits2) / (count1 + count2);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1 / count1) + (1 / count2)));
        return error <= 0 ? 1 : 2 * (1 - Normal.Below(Math.Abs((hits1 / count1) - (hits2 / count2)) / error));
    }

    private static double Square(double x) => x * x;
}
