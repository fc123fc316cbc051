namespace Crowd.Consensus.Numerics;

/// <summary>Student's t distribution.</summary>
internal static class Student
{
    /// <summary>P(T ≤ <paramref name="t"/>) (Abramowitz and Stegun 26.7.1).</summary>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    public static double Below(double t, double freedom)
    {
        var tail = Beta.Below(freedom / (freedom + (t * t)), freedom / 2, 0.5) / 2;
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="probability"/>, above ½ and below 1: by bisection.</summary>
    public static double Quantile(double probability, double freedom)
    {
        double low = 0, high = 1;
        while (Below(high, freedom) < probability) high *= 2;
        while (high - low > 1e-12 * high)
        {
            var middle = (low + high) / 2;
            if (Below(middle, freedom) < probability) low = middle;
            else high = middle;
        }

        return high;
    }
}
