namespace Crowd.Consensus.Answers;

/// <summary>
/// Answers to categorical tasks, held by task: the answers of task <c>t</c> are those from <c>TaskStarts[t]</c> up to
/// <c>TaskStarts[t + 1]</c>. Within a task they are sorted by worker and then by label, so that whatever order the answers came in,
/// every method sees the same arrays and does the same arithmetic.
/// </summary>
public sealed class CategoryAnswers
{
    private readonly int[] _taskStarts;
    private readonly int[] _workers;
    private readonly int[] _labels;
    private readonly Lazy<WorkerIndex> _byWorker;

    private CategoryAnswers(int[] taskStarts, int[] workers, int[] labels, int workerCount, int labelCount)
    {
        _taskStarts = taskStarts;
        _workers = workers;
        _labels = labels;
        WorkerCount = workerCount;
        LabelCount = labelCount;
        _byWorker = new Lazy<WorkerIndex>(() => WorkerIndex.Of(this));
    }

    /// <summary>Tasks are 0 to <c>TaskCount - 1</c>; a task may have no answers.</summary>
    public int TaskCount => _taskStarts.Length - 1;

    /// <summary>Workers are 0 to <c>WorkerCount - 1</c>; a worker may have no answers.</summary>
    public int WorkerCount { get; }

    /// <summary>Labels are 0 to <c>LabelCount - 1</c>; at least one.</summary>
    public int LabelCount { get; }

    /// <summary>The number of answers.</summary>
    public int Count => _workers.Length;

    /// <summary>Length <c>TaskCount + 1</c>.</summary>
    public ReadOnlySpan<int> TaskStarts => _taskStarts;

    /// <summary>The worker of each answer, in canonical order; length <c>Count</c>.</summary>
    public ReadOnlySpan<int> Workers => _workers;

    /// <summary>The label of each answer, in canonical order; length <c>Count</c>.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The same answers by worker; built when first asked for.</summary>
    public WorkerIndex ByWorker => _byWorker.Value;

    internal int[] TaskStartArray => _taskStarts;

    internal int[] WorkerArray => _workers;

    internal int[] LabelArray => _labels;

    /// <summary>Answer <c>i</c> is: worker <c>workers[i]</c> gave task <c>tasks[i]</c> the label <c>labels[i]</c>. The arrays are copied.</summary>
    /// <param name="tasks">0 to <paramref name="taskCount"/> − 1.</param>
    /// <param name="workers">0 to <paramref name="workerCount"/> − 1.</param>
    /// <param name="labels">0 to <paramref name="labelCount"/> − 1.</param>
    /// <exception cref="ArgumentException">The arrays differ in length, or an entry is out of its range.</exception>
    public static CategoryAnswers From(
        ReadOnlySpan<int> tasks, ReadOnlySpan<int> workers, ReadOnlySpan<int> labels, int taskCount, int workerCount, int labelCount)
    {
        if (tasks.Length != workers.Length || tasks.Length != labels.Length)
            throw new ArgumentException("Tasks, workers and labels must have one entry for each answer.", nameof(tasks));

        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 1);
        var starts = new int[taskCount + 1];
        for (var i = 0; i < tasks.Length; i++)
        {
            if ((uint)tasks[i] >= (uint)taskCount || (uint)workers[i] >= (uint)workerCount || (uint)labels[i] >= (uint)labelCount)
                throw new ArgumentException($"Answer {i} has a task, worker or label outside its range.", nameof(tasks));

            starts[tasks[i] + 1]++;
        }

        for (var t = 0; t < taskCount; t++) starts[t + 1] += starts[t];
        var keys = new long[tasks.Length];
        var next = starts.AsSpan(0, taskCount).ToArray();
        for (var i = 0; i < tasks.Length; i++) keys[next[tasks[i]]++] = ((long)workers[i] << 32) | (uint)labels[i];
        for (var t = 0; t < taskCount; t++) keys.AsSpan(starts[t], starts[t + 1] - starts[t]).Sort();

        var sortedWorkers = new int[keys.Length];
        var sortedLabels = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            sortedWorkers[i] = (int)(keys[i] >> 32);
            sortedLabels[i] = (int)keys[i];
        }

        return new CategoryAnswers(starts, sortedWorkers, sortedLabels, workerCount, labelCount);
    }

    /// <summary>How often each label was given; length <c>LabelCount</c>.</summary>
    public int[] LabelTotals()
    {
        var totals = new int[LabelCount];
        foreach (var label in _labels) totals[label]++;
        return totals;
    }
}
