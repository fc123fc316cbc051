using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.MultiChoice;

/// <summary>Every label of every task is put as a question of its own, yes or no, to a category method; each label has its own model of the workers.</summary>
public static class LabelwiseModel
{
    /// <summary>The consolidated set of each task.</summary>
    /// <param name="tasks">The task of each answer.</param>
    /// <param name="workers">The worker of each answer.</param>
    /// <param name="answers">The labels of each answer, sorted ascending; empty for none.</param>
    /// <param name="gold">The known labels of each task, sorted ascending, or null where they are not known.</param>
    public static LabelSetConsensus[] Run(
        ReadOnlySpan<int> tasks,
        ReadOnlySpan<int> workers,
        IReadOnlyList<int[]> answers,
        int taskCount,
        int workerCount,
        int labelCount,
        CategoryMethod method,
        CategoryOptions? options = null,
        IReadOnlyList<int[]?>? gold = null)
    {
        options ??= new CategoryOptions();
        var shares = new double[taskCount][];
        for (var t = 0; t < taskCount; t++) shares[t] = new double[labelCount];
        var chosen = new List<int>[taskCount];
        for (var t = 0; t < taskCount; t++) chosen[t] = [];

        var yes = new int[answers.Count];
        for (var k = 0; k < labelCount; k++)
        {
            for (var i = 0; i < yes.Length; i++) yes[i] = Array.BinarySearch(answers[i], k) >= 0 ? 1 : 0;
            var known = gold?.Select(labels => labels is null ? -1 : Array.BinarySearch(labels, k) >= 0 ? 1 : 0).ToArray();
            var result = method(CategoryAnswers.From(tasks, workers, yes, taskCount, workerCount, 2), options with { Gold = known, Progress = null });
            options.Progress?.Report((k + 1.0) / labelCount);
            for (var t = 0; t < taskCount; t++)
            {
                shares[t][k] = result.Labels[t] < 0 ? 0 : result.Posterior(t)[1];
                if (result.Labels[t] == 1) chosen[t].Add(k);
            }
        }

        var sets = new LabelSetConsensus[taskCount];
        for (var t = 0; t < taskCount; t++)
        {
            var confidence = 1.0;
            foreach (var share in shares[t]) confidence = Math.Min(confidence, Math.Max(share, 1 - share));
            sets[t] = new LabelSetConsensus([.. chosen[t]], shares[t], confidence);
        }

        return sets;
    }
}
