namespace Crowd.Consensus.Numerics;

/// <summary>The beta distribution.</summary>
internal static class Beta
{
    private const int MostTerms = 500;
    private const double Tiny = 1e-300;

    /// <summary>The regularised incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8) with Lentz's method.</summary>
    public static double Below(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - Below(1 - x, b, a);

        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + Gamma.Log(a + b) - Gamma.Log(a) - Gamma.Log(b)) / a;
        double c = 1, d = 1 / NotNought(1 - ((a + b) * x / (a + 1)));
        var fraction = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotNought(1 + (even * d));
            c = NotNought(1 + (even / c));
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotNought(1 + (odd * d));
            c = NotNought(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15) break;
        }

        return front * fraction;
    }

    /// <summary>The x with I_x(a, b) = <paramref name="probability"/>, 0 to 1: by bisection, exact to 1e−13.</summary>
    public static double Quantile(double probability, double a, double b)
    {
        double low = 0, high = 1;
        while (high - low > 1e-14)
        {
            var middle = (low + high) / 2;
            if (Below(middle, a, b) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double NotNought(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
