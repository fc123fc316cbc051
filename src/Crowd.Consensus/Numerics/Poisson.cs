namespace Crowd.Consensus.Numerics;

/// <summary>Poisson's law: how often something rare happens.</summary>
internal static class Poisson
{
    /// <summary>Means above which the normal law is as good.</summary>
    private const double MostSummed = 500;

    /// <summary>The least number that is not exceeded with the probability, 0 to 1.</summary>
    public static double Quantile(double probability, double mean)
    {
        if (mean > MostSummed) return Math.Ceiling(mean + (Normal.Quantile(probability) * Math.Sqrt(mean)));

        var (term, sum, count) = (Math.Exp(-mean), Math.Exp(-mean), 0);
        while (sum < probability && term > 0)
        {
            term *= mean / ++count;
            sum += term;
        }

        return count;
    }
}
