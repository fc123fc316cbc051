namespace Crowd.Consensus.Answers;

/// <summary>
/// The answers of each worker: those of worker <c>w</c> are from <c>Starts[w]</c> up to <c>Starts[w + 1]</c>, sorted by task.
/// </summary>
public sealed class WorkerIndex
{
    private readonly int[] _starts;
    private readonly int[] _tasks;
    private readonly int[] _labels;
    private readonly int[] _answers;

    private WorkerIndex(int[] starts, int[] tasks, int[] labels, int[] answers)
    {
        _starts = starts;
        _tasks = tasks;
        _labels = labels;
        _answers = answers;
    }

    public ReadOnlySpan<int> Starts => _starts;

    public ReadOnlySpan<int> Tasks => _tasks;

    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Where each answer stands in the arrays by task.</summary>
    public ReadOnlySpan<int> Answers => _answers;

    internal static WorkerIndex Of(CategoryAnswers answers)
    {
        var starts = new int[answers.WorkerCount + 1];
        foreach (var worker in answers.Workers) starts[worker + 1]++;
        for (var w = 0; w < answers.WorkerCount; w++) starts[w + 1] += starts[w];

        var next = starts.AsSpan(0, answers.WorkerCount).ToArray();
        var tasks = new int[answers.Count];
        var labels = new int[answers.Count];
        var positions = new int[answers.Count];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var at = next[answers.Workers[i]]++;
                tasks[at] = t;
                labels[at] = answers.Labels[i];
                positions[at] = i;
            }
        }

        return new WorkerIndex(starts, tasks, labels, positions);
    }
}
