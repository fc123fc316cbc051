using Crowd.Consensus.Numerics;

namespace Crowd.Consensus.Reliability;

/// <summary>Tails of the binomial distribution.</summary>
public static class Binomial
{
    /// <summary>P(X ≤ <paramref name="successes"/>).</summary>
    public static double AtMost(int successes, int trials, double probability)
    {
        var sum = 0.0;
        for (var x = 0; x <= successes; x++) sum += Mass(x, trials, probability);
        return Math.Min(1, sum);
    }

    /// <summary>P(X ≥ <paramref name="successes"/>).</summary>
    public static double AtLeast(int successes, int trials, double probability) => successes == 0 ? 1 : AtMost(trials - successes, trials, 1 - probability);

    private static double Mass(int x, int n, double p) =>
        p <= 0 ? (x == 0 ? 1 : 0)
        : p >= 1 ? (x == n ? 1 : 0)
        : Math.Exp(Gamma.Log(n + 1) - Gamma.Log(x + 1) - Gamma.Log(n - x + 1) + (x * Math.Log(p)) + ((n - x) * Math.Log(1 - p)));
}
