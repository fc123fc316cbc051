using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>The label that most workers gave. The posterior is the share of the votes; a worker's accuracy is how often he went with the majority.</summary>
public static class MajorityVote
{
    public const string Name = "majority";

    /// <summary>One pass over the answers.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        var posteriors = Shares(answers, options?.Gold);
        return CategoryOutcome.From(Name, answers, options, posteriors, Fit.OnePass);
    }

    /// <summary>The share of each label among a task's votes, or certainty where the label is known; zeros for a task with neither.</summary>
    internal static double[] Shares(CategoryAnswers answers, int[]? gold)
    {
        var labelCount = answers.LabelCount;
        var starts = answers.TaskStarts;
        var shares = new double[(long)answers.TaskCount * labelCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var row = shares.AsSpan(t * labelCount, labelCount);
            if (gold is not null && gold[t] >= 0)
            {
                row[gold[t]] = 1;
                continue;
            }

            var votes = starts[t + 1] - starts[t];
            if (votes == 0) continue;

            foreach (var label in answers.Labels.Slice(starts[t], votes)) row[label] += 1;
            for (var k = 0; k < labelCount; k++) row[k] /= votes;
        }

        return shares;
    }
}
