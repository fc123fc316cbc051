using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Reliability;

/// <summary>
/// What is known of a worker as a Beta distribution over the probability of a right answer: right and wrong answers, each at least a pseudo-count. Answers
/// are worth less as they age. A quality manager's override stands beside the measured value and never changes it.
/// </summary>
/// <param name="Right">Right answers, decayed, with the prior's.</param>
/// <param name="Wrong">Wrong answers, decayed, with the prior's.</param>
/// <param name="Override">The value a quality manager set, 0 to 1, or null.</param>
public readonly record struct WorkerReliability(double Right, double Wrong, double? Override = null)
{
    /// <summary>The mean of the measured distribution.</summary>
    public double Measured => Right / (Right + Wrong);

    /// <summary>What to reckon with: the override where there is one.</summary>
    public double Effective => Override ?? Measured;

    /// <summary>The bounds of a 95 % interval of the measured value (Wilson's, on the counts with the prior's).</summary>
    public WorkerEstimate Interval => WorkerEstimate.Of(Right, Right + Wrong);

    /// <summary>Takes in one judged answer.</summary>
    /// <param name="right">The probability that it was right: 0 or 1 for gold, the posterior of its label for consensus.</param>
    /// <param name="weight">1 for gold; less for consensus, which may err.</param>
    public WorkerReliability Observe(double right, double weight = 1) =>
        this with { Right = Right + (weight * right), Wrong = Wrong + (weight * (1 - right)) };

    /// <summary>Lets the evidence fade towards the prior by one half every <paramref name="halfLife"/>.</summary>
    /// <param name="elapsed">Time since the last decay; not negative.</param>
    /// <param name="halfLife">Positive, in the same unit.</param>
    public WorkerReliability Decay(TimeSpan elapsed, TimeSpan halfLife, WorkerReliability prior)
    {
        var kept = Math.Pow(0.5, elapsed / halfLife);
        return this with { Right = prior.Right + (kept * (Right - prior.Right)), Wrong = prior.Wrong + (kept * (Wrong - prior.Wrong)) };
    }
}

/// <summary>Priors for workers, pooled over workers and jobs.</summary>
public static class ReliabilityPool
{
    private const double LeastStrength = 1;
    private const double MostStrength = 100;

    /// <summary>
    /// The Beta distribution of a crowd from its workers' counts, by the method of moments on shares weighted by their answers (Kleinman 1973): its mean is
    /// the crowd's accuracy, its strength how alike workers are. Used as a prior, it draws workers with few answers to the crowd.
    /// </summary>
    /// <param name="right">Right answers of each worker, without any prior.</param>
    /// <param name="total">Judged answers of each worker.</param>
    public static WorkerReliability Prior(ReadOnlySpan<double> right, ReadOnlySpan<double> total)
    {
        double answers = 0, hits = 0, squares = 0;
        var workers = 0;
        for (var w = 0; w < right.Length; w++)
        {
            if (total[w] <= 0) continue;

            answers += total[w];
            hits += right[w];
            squares += total[w] * total[w];
            workers++;
        }

        if (workers < 2) return new WorkerReliability(1, 1);

        var mean = Math.Clamp(hits / answers, 0.01, 0.99);
        var spread = 0.0;
        for (var w = 0; w < right.Length; w++)
        {
            if (total[w] > 0) spread += total[w] * Math.Pow((right[w] / total[w]) - mean, 2);
        }

        // E[spread] = μ(1 − μ) [ρ (n − Σn²/n) + (1 − ρ)(m − 1)], with ρ = 1 / (strength + 1).
        var size = answers - (squares / answers);
        var unit = mean * (1 - mean);
        var correlation = ((spread / unit) - (workers - 1)) / Math.Max(1e-9, size - (workers - 1));
        var strength = correlation <= 1 / (MostStrength + 1) ? MostStrength : Math.Clamp((1 / correlation) - 1, LeastStrength, MostStrength);
        return new WorkerReliability(strength * mean, strength * (1 - mean));
    }

    /// <summary>
    /// A worker's prior in a new job: the crowd's prior with what other jobs say of him, worth at most <paramref name="mostAnswers"/> answers, since skills carry
    /// over only in part.
    /// </summary>
    public static WorkerReliability Carry(WorkerReliability crowd, double rightElsewhere, double totalElsewhere, double mostAnswers = 20)
    {
        if (totalElsewhere <= 0) return crowd;

        var worth = Math.Min(1, mostAnswers / totalElsewhere);
        return new WorkerReliability(crowd.Right + (worth * rightElsewhere), crowd.Wrong + (worth * (totalElsewhere - rightElsewhere)));
    }
}
