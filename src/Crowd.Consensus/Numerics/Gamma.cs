namespace Crowd.Consensus.Numerics;

/// <summary>The gamma function's logarithm and its derivative, for positive arguments, to about twelve digits.</summary>
internal static class Gamma
{
    /// <summary>Below this the recurrences carry the argument up to where the asymptotic series hold.</summary>
    private const double Asymptotic = 8;

    /// <summary>ln Γ(x), Stirling's series (Abramowitz and Stegun 6.1.41).</summary>
    public static double Log(double x)
    {
        var product = 1.0;
        while (x < Asymptotic) product *= x++;

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188))))))));
        return ((x - 0.5) * Math.Log(x)) - x + 0.91893853320467274 + series - Math.Log(product);
    }

    /// <summary>ψ(x) = d ln Γ(x) / dx (Abramowitz and Stegun 6.3.5 and 6.3.18).</summary>
    public static double Digamma(double x)
    {
        var shift = 0.0;
        while (x < Asymptotic) shift += 1 / x++;

        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = square * ((1.0 / 12) - (square * ((1.0 / 120) - (square * ((1.0 / 252) - (square * ((1.0 / 240) - (square / 132))))))));
        return Math.Log(x) - (0.5 * inverse) - series - shift;
    }
}
