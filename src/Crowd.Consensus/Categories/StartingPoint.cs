using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// The posteriors that iterative methods start from: the shares of the votes, or, where some labels are known, what workers' answers to those tasks
/// make of the others. A majority that errs together would otherwise be believed from the start, and never be doubted again.
/// </summary>
internal static class StartingPoint
{
    /// <summary>What the votes on the other tasks weigh beside gold, in tasks a label: a handful of gold, or one wrong one, does not overturn all workers.</summary>
    private const double VotesWorth = 5;

    /// <summary>Row by task, one column a label; zeros for tasks without answers and gold.</summary>
    public static double[] Of(CategoryAnswers answers, int[]? gold)
    {
        var shares = MajorityVote.Shares(answers, gold);
        if (gold is null || !Array.Exists(gold, label => label >= 0)) return shares;

        var labels = answers.LabelCount;
        var known = (double[])shares.Clone();
        var weight = Math.Min(1, VotesWorth * labels / Math.Max(1, gold.Count(label => label < 0)));
        for (var t = 0; t < gold.Length; t++)
        {
            if (gold[t] >= 0) continue;

            foreach (ref var share in known.AsSpan(t * labels, labels)) share *= weight;
        }

        var confusions = HeldOut.Confusions(answers, known);
        var logs = new double[labels];
        for (var t = 0; t < gold.Length; t++)
        {
            if (gold[t] >= 0 || answers.TaskStarts[t] == answers.TaskStarts[t + 1]) continue;

            Array.Clear(logs);
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var k = 0; k < labels; k++)
                    logs[k] += Math.Log(confusions[(((answers.Workers[i] * labels) + k) * labels) + answers.Labels[i]]);
            }

            OnlineBayes.Normalise(logs, shares.AsSpan(t * labels, labels));
        }

        return shares;
    }
}
