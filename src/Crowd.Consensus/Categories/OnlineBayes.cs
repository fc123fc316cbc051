using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>A vote as the online rule sees it: the label, and how the worker did where the truth is known or taken as known.</summary>
/// <param name="Label">0 to the number of labels − 1.</param>
/// <param name="Correct">Answers of the worker that were right; may be a fraction.</param>
/// <param name="Total">Answers of the worker that were judged; at least <paramref name="Correct"/>.</param>
public readonly record struct OnlineVote(int Label, double Correct, double Total);

/// <summary>
/// Bayes' rule vote by vote: a worker of skill q multiplies his label by q and every other by (1 − q)/(L − 1), from equal beginnings. In
/// logarithms a vote adds one number to one label, so that an update costs the same whatever the number of labels, and nothing is allocated.
/// </summary>
public static class OnlineBayes
{
    public const string Name = "online-bayes";

    /// <summary>The smoothing constant K of the skill.</summary>
    public const double K = 0.5;

    /// <summary>Skills are held this far from nought and one, so that no single vote is final.</summary>
    private const double LeastDoubt = 1e-6;

    /// <summary>q = (K + correct) / (2K + total). A worker without history has a skill of one half.</summary>
    public static double Skill(double correct, double total) => (K + correct) / ((2 * K) + total);

    /// <summary>What a vote adds to the log evidence of its own label: ln(q (L − 1) / (1 − q)).</summary>
    public static double Evidence(double skill, int labelCount)
    {
        var q = Math.Clamp(skill, LeastDoubt, 1 - LeastDoubt);
        return labelCount < 2 ? 0 : Math.Log(q * (labelCount - 1) / (1 - q));
    }

    /// <summary>Takes one more vote into the log evidence, which starts as zeros; length: the number of labels.</summary>
    public static void Add(Span<double> logEvidence, OnlineVote vote) =>
        logEvidence[vote.Label] += Evidence(Skill(vote.Correct, vote.Total), logEvidence.Length);

    /// <summary>Turns log evidence into probabilities; the two spans have equal length and may be the same.</summary>
    public static void Normalise(ReadOnlySpan<double> logEvidence, Span<double> posterior)
    {
        var top = double.NegativeInfinity;
        foreach (var value in logEvidence) top = Math.Max(top, value);

        var sum = 0.0;
        for (var k = 0; k < logEvidence.Length; k++)
        {
            posterior[k] = Math.Exp(logEvidence[k] - top);
            sum += posterior[k];
        }

        for (var k = 0; k < posterior.Length; k++) posterior[k] /= sum;
    }

    /// <summary>The posterior over the labels given all votes of a task; <paramref name="posterior"/> has one entry for each label.</summary>
    public static void Posterior(ReadOnlySpan<OnlineVote> votes, Span<double> posterior)
    {
        posterior.Clear();
        foreach (var vote in votes) Add(posterior, vote);
        Normalise(posterior, posterior);
    }

    /// <summary>
    /// The rule over a finished job. Skills are counted against the shares of the other workers' votes on each task and against gold, never
    /// against the worker's own vote.
    /// </summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        var correct = new double[answers.WorkerCount];
        var total = new double[answers.WorkerCount];
        CountSkills(answers, options?.Gold, correct, total);

        var labelCount = answers.LabelCount;
        var posteriors = new double[answers.TaskCount * labelCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var row = posteriors.AsSpan(t * labelCount, labelCount);
            if (options?.Gold is { } gold && gold[t] >= 0)
            {
                row[gold[t]] = 1;
                continue;
            }

            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var worker = answers.Workers[i];
                Add(row, new OnlineVote(answers.Labels[i], correct[worker], total[worker]));
            }

            Normalise(row, row);
        }

        return CategoryOutcome.From(Name, answers, options, posteriors, Fit.OnePass);
    }

    private static void CountSkills(CategoryAnswers answers, int[]? gold, double[] correct, double[] total)
    {
        var votes = new int[answers.LabelCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var start = answers.TaskStarts[t];
            var end = answers.TaskStarts[t + 1];
            var known = gold is null ? -1 : gold[t];
            if (end - start < 2 && known < 0) continue;

            Array.Clear(votes);
            for (var i = start; i < end; i++) votes[answers.Labels[i]]++;
            for (var i = start; i < end; i++)
            {
                var label = answers.Labels[i];
                var right = known < 0 ? (votes[label] - 1.0) / (end - start - 1) : known == label ? 1 : 0;
                correct[answers.Workers[i]] += right;
                total[answers.Workers[i]] += 1;
            }
        }
    }
}
