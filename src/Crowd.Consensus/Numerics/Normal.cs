namespace Crowd.Consensus.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>P(Z ≤ <paramref name="z"/>) to about 1e−15: Marsaglia 2004's series near nought, the continued fraction of Abramowitz and Stegun 26.2.14 beyond.</summary>
    public static double Below(double z)
    {
        if (z < 0) return 1 - Below(-z);
        if (z > 38) return 1;

        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < 5)
        {
            double sum = z, term = z;
            for (var i = 3; term > sum * 1e-17; i += 2) sum += term *= z * z / i;
            return 0.5 + (sum * density);
        }

        var fraction = z;
        for (var i = 60; i > 0; i--) fraction = z + (i / fraction);
        return 1 - (density / fraction);
    }

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>, above 0 and below 1: by bisection, exact to 1e−12.</summary>
    public static double Quantile(double probability)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "Between nought and one.");

        double low = -38, high = 38;
        while (high - low > 1e-13)
        {
            var middle = (low + high) / 2;
            if (Below(middle) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
