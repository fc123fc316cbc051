using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// BWA (Li, Rubinstein and Cohn 2019, "Truth inference at scale"): a vote is a point with a one for its label and zeros elsewhere, drawn around the
/// task's true point with a precision of the worker's own; precisions have a Gamma prior, so that workers with few answers stay near the rest.
/// </summary>
public static class BayesianWeightedAverage
{
    public const string Name = "bwa";

    /// <summary>Answers' worth of belief that a worker is like the others.</summary>
    private const double PriorAnswers = 15;

    /// <summary>Votes' worth of belief in the share of each label.</summary>
    private const double PriorVotes = 1;

    /// <summary>Workers who all agree are still taken to be off by this much, squared; the prior votes alone put that between votes and means.</summary>
    private const double LeastSpread = 0.1;

    /// <summary>Rounds of weighted means and precisions until no mean moves by more than the tolerance.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var labelCount = answers.LabelCount;
        var means = MajorityVote.Shares(answers, options.Gold);
        var shares = LabelShares(answers);
        var spread = Errors(answers, means, out var counts);
        var typical = Math.Max(LeastSpread, spread.Sum() / Math.Max(1, answers.Count));
        var precisions = new double[answers.WorkerCount];
        var change = 1.0;
        var round = 0;
        for (; round < options.MaxRounds && change > options.Tolerance; round++)
        {
            for (var w = 0; w < precisions.Length; w++)
                precisions[w] = typical * (PriorAnswers + counts[w]) / ((PriorAnswers * typical) + spread[w]);

            change = Average(answers, options.Gold, precisions, shares, means);
            spread = Errors(answers, means, out counts);
        }

        for (var t = 0; t < answers.TaskCount; t++)
        {
            var row = means.AsSpan(t * labelCount, labelCount);
            var total = 0.0;
            foreach (var value in row) total += value;
            if (total <= 0) continue;

            foreach (ref var value in row) value /= total;
        }

        return CategoryOutcome.From(Name, answers, options, means, new Fit(round, double.NaN, change <= options.Tolerance, [], ""));
    }

    private static double[] LabelShares(CategoryAnswers answers)
    {
        var totals = answers.LabelTotals();
        return Array.ConvertAll(totals, t => (double)t / Math.Max(1, answers.Count));
    }

    private static double Average(CategoryAnswers answers, int[]? gold, double[] precisions, double[] shares, double[] means)
    {
        var row = new double[answers.LabelCount];
        var change = 0.0;
        for (var t = 0; t < answers.TaskCount; t++)
        {
            if (gold is not null && gold[t] >= 0) continue;

            var total = PriorVotes;
            for (var k = 0; k < row.Length; k++) row[k] = PriorVotes * shares[k];
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                row[answers.Labels[i]] += precisions[answers.Workers[i]];
                total += precisions[answers.Workers[i]];
            }

            for (var k = 0; k < row.Length; k++)
            {
                ref var mean = ref means[(t * row.Length) + k];
                change = Math.Max(change, Math.Abs((row[k] / total) - mean));
                mean = row[k] / total;
            }
        }

        return change;
    }

    /// <summary>The summed squared distance of each worker's votes from the means.</summary>
    private static double[] Errors(CategoryAnswers answers, double[] means, out int[] counts)
    {
        var errors = new double[answers.WorkerCount];
        counts = new int[answers.WorkerCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var row = means.AsSpan(t * answers.LabelCount, answers.LabelCount);
            var square = 0.0;
            foreach (var value in row) square += value * value;
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                errors[answers.Workers[i]] += 1 + square - (2 * row[answers.Labels[i]]);
                counts[answers.Workers[i]]++;
            }
        }

        return errors;
    }
}
