using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Ordinal;

namespace Crowd.Consensus.Calibration;

/// <summary>
/// Makes posteriors mean what they say. Models take answers for independent and so are far too sure; posteriors are raised to the power 1/T (temperature
/// scaling, Guo et al. 2017) and mixed with the label shares and with the shares of the task's own votes, which are doubtful where people differ. Labels never change.
/// </summary>
/// <param name="Temperature">1 leaves posteriors alone; above 1 they become less sure.</param>
/// <param name="Doubt">The part of the mix that goes to the label shares, 0 to 1.</param>
/// <param name="Votes">The part of the mix that goes to the shares of the task's votes, 0 to 1; with <paramref name="Doubt"/> at most 1.</param>
public readonly record struct PosteriorCalibration(double Temperature, double Doubt, double Votes = 0)
{
    /// <summary>Known tasks below which gold is too little to calibrate by.</summary>
    public const int LeastKnown = 30;

    private static readonly double[] Temperatures = [0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8];
    private static readonly double[] Doubts = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4];
    private static readonly double[] VoteParts = [0, 0.2, 0.45];

    /// <summary>Votes speak for themselves.</summary>
    private static readonly string[] SharesOfVotes =
        [MajorityVote.Name, OrdinalMethods.MedianName, Wawa.Name, Wawa.ZeroBasedName, BayesianWeightedAverage.Name];

    /// <summary>Leaves everything as it is.</summary>
    public static PosteriorCalibration None { get; } = new(1, 0);

    /// <summary>
    /// What a method's posteriors are worth where nothing is known: nothing is done to shares of votes, a little to <c>auto</c>, and posteriors of models are
    /// taken at a temperature and mixed with the votes. The numbers stand between what public sets ask for, whose hard tasks are hard for all, and what made-up crowds do, whose answers are independent.
    /// </summary>
    public static PosteriorCalibration Usual(string method) =>
        Array.IndexOf(SharesOfVotes, method) >= 0 ? None
        : method == Auto.Name ? new(1.2, 0)
        : new(1.4, 0, 0.3);

    /// <summary>From tasks whose label is known but was not told to the method.</summary>
    /// <param name="known">The label of each task, −1 where it is not known.</param>
    public static PosteriorCalibration FromGold(CategoryAnswers answers, CategoryResult result, int[] known)
    {
        var tasks = Enumerable.Range(0, known.Length).Where(t => known[t] >= 0 && answers.TaskStarts[t] < answers.TaskStarts[t + 1]).ToArray();
        var votes = MajorityVote.Shares(answers, gold: null);
        var row = new double[result.LabelCount];
        var best = None;
        var least = double.PositiveInfinity;
        foreach (var candidate in Candidates())
        {
            // One pseudo-task keeps a handful of gold tasks from certainty.
            var loss = -Math.Log(1 - candidate.Doubt - candidate.Votes + 1e-3);
            foreach (var t in tasks)
            {
                candidate.Apply(result.Posterior(t), result.LabelShares, votes.AsSpan(t * row.Length, row.Length), row);
                loss -= Math.Log(Math.Max(row[known[t]], 1e-12));
            }

            if (loss < least - 1e-9) (best, least) = (candidate, loss);
        }

        return best;
    }

    /// <summary>
    /// From gold that the method is told: it runs twice more, each time with one half of the gold kept from it, and is judged on that half. With fewer than
    /// <see cref="LeastKnown"/> known tasks <see cref="Usual"/> is taken.
    /// </summary>
    public static PosteriorCalibration CrossFitted(string name, CategoryMethod method, CategoryAnswers answers, CategoryOptions options)
    {
        var gold = options.Gold ?? [];
        var known = Enumerable.Range(0, gold.Length).Where(t => gold[t] >= 0 && answers.TaskStarts[t] < answers.TaskStarts[t + 1]).ToArray();
        if (known.Length < LeastKnown) return Usual(name);

        // Every second known task is hidden, then the others; each keeps the posterior that it got while hidden.
        var posteriors = new double[answers.TaskCount * answers.LabelCount];
        CategoryResult? result = null;
        for (var half = 0; half < 2; half++)
        {
            var told = (int[])gold.Clone();
            for (var i = half; i < known.Length; i += 2) told[known[i]] = -1;
            result = method(answers, options with { Gold = told, Progress = null });
            for (var i = half; i < known.Length; i += 2) result.Posterior(known[i]).CopyTo(posteriors.AsSpan(known[i] * answers.LabelCount));
        }

        return FromGold(answers, result! with { Posteriors = posteriors }, gold);
    }

    /// <summary>All posteriors of a result but those of known tasks.</summary>
    public CategoryResult Apply(CategoryAnswers answers, CategoryResult result, int[]? gold = null)
    {
        if (this == None) return result;

        var labels = result.LabelCount;
        var votes = MajorityVote.Shares(answers, gold: null);
        var posteriors = (double[])result.Posteriors.Clone();
        for (var t = 0; t < result.Labels.Length; t++)
        {
            if (gold?[t] >= 0 || answers.TaskStarts[t] == answers.TaskStarts[t + 1]) continue;

            Apply(result.Posterior(t), result.LabelShares, votes.AsSpan(t * labels, labels), posteriors.AsSpan(t * labels, labels));
        }

        return result with { Posteriors = posteriors };
    }

    private static IEnumerable<PosteriorCalibration> Candidates() =>
        from temperature in Temperatures
        from doubt in Doubts
        from votes in VoteParts
        where doubt + votes < 1
        select new PosteriorCalibration(temperature, doubt, votes);

    private void Apply(ReadOnlySpan<double> posterior, ReadOnlySpan<double> shares, ReadOnlySpan<double> votes, Span<double> calibrated)
    {
        var sum = 0.0;
        for (var k = 0; k < posterior.Length; k++) sum += calibrated[k] = Math.Pow(Math.Max(posterior[k], 1e-300), 1 / Temperature);
        for (var k = 0; k < posterior.Length; k++) calibrated[k] = ((1 - Doubt - Votes) * calibrated[k] / sum) + (Doubt * shares[k]) + (Votes * votes[k]);
    }
}
