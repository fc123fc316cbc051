namespace Crowd.Consensus.Learning;

/// <summary>How much a model would gain from the label of an item, by its probabilities for it (Settles 2009, sections 3.1 to 3.3). Higher is asked first.</summary>
public static class QueryScore
{
    /// <summary>1 − the greatest probability: 0 to 1 − 1/labels (Lewis and Gale 1994).</summary>
    public static double LeastConfidence(ReadOnlySpan<double> probabilities) => 1 - TopTwo(probabilities).First;

    /// <summary>1 − the lead of the first label over the second: 0 to 1 (Scheffer et al. 2001).</summary>
    public static double Margin(ReadOnlySpan<double> probabilities)
    {
        var (first, second) = TopTwo(probabilities);
        return 1 - (first - second);
    }

    /// <summary>Shannon's entropy in nats: 0 to ln(labels).</summary>
    public static double Entropy(ReadOnlySpan<double> probabilities)
    {
        var sum = 0.0;
        foreach (var p in probabilities)
        {
            if (p > 0) sum -= p * Math.Log(p);
        }

        return sum;
    }

    /// <summary>
    /// The expected length of the gradient that the label would bring (Settles and Craven 2008), for logistic regression on features of length one:
    /// Σ p(k) √((1 − p(k))² + Σ over j ≠ k of p(j)²).
    /// </summary>
    public static double ExpectedGain(ReadOnlySpan<double> probabilities)
    {
        var squares = 0.0;
        foreach (var p in probabilities) squares += p * p;
        var sum = 0.0;
        foreach (var p in probabilities) sum += p * Math.Sqrt(Math.Max(0, ((1 - p) * (1 - p)) + squares - (p * p)));
        return sum;
    }

    private static (double First, double Second) TopTwo(ReadOnlySpan<double> probabilities)
    {
        double first = 0, second = 0;
        foreach (var p in probabilities)
        {
            if (p > first) (first, second) = (p, first);
            else if (p > second) second = p;
        }

        return (first, second);
    }
}
