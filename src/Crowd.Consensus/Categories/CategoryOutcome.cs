using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>Puts a result together from posteriors, in the same way for every method.</summary>
internal static class CategoryOutcome
{
    /// <summary>Labels, workers and shares from posteriors.</summary>
    /// <param name="posteriors">Row by task; a task without answers and gold gets the label −1 and equal probabilities.</param>
    /// <param name="shares">The share of each label; by default the mean posterior.</param>
    public static CategoryResult From(
        string method, CategoryAnswers answers, CategoryOptions? options, double[] posteriors, Fit fit, double[]? shares = null, double[]? confusions = null)
    {
        var labelCount = answers.LabelCount;
        var totals = answers.LabelTotals();
        var gold = options?.Gold;
        var labels = new int[answers.TaskCount];
        for (var t = 0; t < labels.Length; t++)
        {
            var row = posteriors.AsSpan(t * labelCount, labelCount);
            var known = gold is not null && gold[t] >= 0;
            if (answers.TaskStarts[t] == answers.TaskStarts[t + 1] && !known)
            {
                labels[t] = -1;
                row.Fill(1.0 / labelCount);
                continue;
            }

            labels[t] = known ? gold![t] : TieBreak.Best(row, totals);
        }

        return new CategoryResult
        {
            Method = method,
            LabelCount = labelCount,
            Labels = labels,
            Posteriors = posteriors,
            Workers = Estimates(answers, posteriors),
            Fit = fit,
            LabelShares = shares ?? MeanPosterior(answers, posteriors),
            Confusions = confusions,
        };
    }

    /// <summary>The expected share of right answers of each worker, with Wilson's interval around it.</summary>
    private static WorkerEstimate[] Estimates(CategoryAnswers answers, double[] posteriors)
    {
        var right = new double[answers.WorkerCount];
        var count = new int[answers.WorkerCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                right[answers.Workers[i]] += posteriors[(t * answers.LabelCount) + answers.Labels[i]];
                count[answers.Workers[i]]++;
            }
        }

        var estimates = new WorkerEstimate[answers.WorkerCount];
        for (var w = 0; w < estimates.Length; w++) estimates[w] = WorkerEstimate.Of(right[w], count[w]);
        return estimates;
    }

    private static double[] MeanPosterior(CategoryAnswers answers, double[] posteriors)
    {
        var shares = new double[answers.LabelCount];
        for (var i = 0; i < posteriors.Length; i++) shares[i % shares.Length] += posteriors[i];
        for (var k = 0; k < shares.Length; k++) shares[k] /= Math.Max(1, answers.TaskCount);
        return shares;
    }
}
