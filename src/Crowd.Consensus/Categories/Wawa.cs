using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>Votes with weights that grow with agreement: once (<see cref="Name"/>), or round by round (<see cref="ZeroBasedName"/>).</summary>
public static class Wawa
{
    /// <summary>Worker agreement with aggregate.</summary>
    public const string Name = "wawa";

    public const string ZeroBasedName = "zero-based-skill";

    private const int ZeroBasedRounds = 100;
    private const int RoundsPerStep = 20;

    /// <summary>A worker's weight is how often he went with the majority; then one weighted vote.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        var majority = MajorityVote.Run(answers, options);
        var weights = Agreement(answers, majority.Labels);
        return CategoryOutcome.From(Name, answers, options, Vote(answers, options?.Gold, weights), Fit.OnePass);
    }

    /// <summary>
    /// Weights move towards the agreement with the weighted vote, by a step that is halved every twenty rounds, until none moves by more than the tolerance.
    /// </summary>
    public static CategoryResult RunZeroBased(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var totals = answers.LabelTotals();
        var weights = Agreement(answers, MajorityVote.Run(answers, options).Labels);
        var posteriors = Vote(answers, options.Gold, weights);
        var labels = new int[answers.TaskCount];
        var step = 1.0;
        var change = 1.0;
        var round = 0;
        for (; round < Math.Min(ZeroBasedRounds, options.MaxRounds) && change > options.Tolerance; round++)
        {
            if (round > 0 && round % RoundsPerStep == 0) step /= 2;
            for (var t = 0; t < labels.Length; t++) labels[t] = TieBreak.Best(posteriors.AsSpan(t * totals.Length, totals.Length), totals);

            var agreement = Agreement(answers, labels);
            change = 0;
            for (var w = 0; w < weights.Length; w++)
            {
                var move = step * (agreement[w] - weights[w]);
                weights[w] += move;
                change = Math.Max(change, Math.Abs(move));
            }

            posteriors = Vote(answers, options.Gold, weights);
        }

        return CategoryOutcome.From(ZeroBasedName, answers, options, posteriors, new Fit(round, double.NaN, change <= options.Tolerance, [], ""));
    }

    /// <summary>The share of each worker's answers that are the given label; a worker without answers gets zero.</summary>
    private static double[] Agreement(CategoryAnswers answers, int[] labels)
    {
        var agreement = new double[answers.WorkerCount];
        var counts = new int[answers.WorkerCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                if (answers.Labels[i] == labels[t]) agreement[answers.Workers[i]]++;
                counts[answers.Workers[i]]++;
            }
        }

        for (var w = 0; w < agreement.Length; w++) agreement[w] /= Math.Max(1, counts[w]);
        return agreement;
    }

    /// <summary>Shares of the weight; where all weights are zero, of the votes.</summary>
    private static double[] Vote(CategoryAnswers answers, int[]? gold, double[] weights)
    {
        var labelCount = answers.LabelCount;
        var shares = MajorityVote.Shares(answers, gold);
        for (var t = 0; t < answers.TaskCount; t++)
        {
            if (gold is not null && gold[t] >= 0) continue;

            var total = 0.0;
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++) total += weights[answers.Workers[i]];
            if (total <= 0) continue;

            var row = shares.AsSpan(t * labelCount, labelCount);
            row.Clear();
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++) row[answers.Labels[i]] += weights[answers.Workers[i]] / total;
        }

        return shares;
    }
}
