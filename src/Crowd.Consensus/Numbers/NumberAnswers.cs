namespace Crowd.Consensus.Numbers;

/// <summary>Numbers given to tasks, by task; within a task sorted by worker and then by value, whatever order they came in.</summary>
public sealed class NumberAnswers
{
    private readonly int[] _starts;
    private readonly int[] _workers;
    private readonly double[] _values;

    private NumberAnswers(int[] starts, int[] workers, double[] values, int workerCount)
    {
        _starts = starts;
        _workers = workers;
        _values = values;
        WorkerCount = workerCount;
    }

    public int TaskCount => _starts.Length - 1;

    public int WorkerCount { get; }

    public int Count => _workers.Length;

    /// <summary>Length <c>TaskCount + 1</c>.</summary>
    public ReadOnlySpan<int> TaskStarts => _starts;

    public ReadOnlySpan<int> Workers => _workers;

    public ReadOnlySpan<double> Values => _values;

    /// <summary>Answer <c>i</c> is: worker <c>workers[i]</c> gave task <c>tasks[i]</c> the number <c>values[i]</c>.</summary>
    /// <exception cref="ArgumentException">The arrays differ in length, an entry is out of range, or a value is not finite.</exception>
    public static NumberAnswers From(ReadOnlySpan<int> tasks, ReadOnlySpan<int> workers, ReadOnlySpan<double> values, int taskCount, int workerCount)
    {
        if (tasks.Length != workers.Length || tasks.Length != values.Length)
            throw new ArgumentException("Tasks, workers and values must have one entry for each answer.", nameof(tasks));

        var rows = new (int Task, int Worker, double Value)[tasks.Length];
        var starts = new int[taskCount + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)tasks[i] >= (uint)taskCount || (uint)workers[i] >= (uint)workerCount || !double.IsFinite(values[i]))
                throw new ArgumentException($"Answer {i} has a task or worker outside its range, or a value that is not finite.", nameof(tasks));

            rows[i] = (tasks[i], workers[i], values[i]);
            starts[tasks[i] + 1]++;
        }

        for (var t = 0; t < taskCount; t++) starts[t + 1] += starts[t];
        Array.Sort(rows);
        return new NumberAnswers(starts, Array.ConvertAll(rows, r => r.Worker), Array.ConvertAll(rows, r => r.Value), workerCount);
    }

    /// <summary>Puts every fifth answer of each task with at least two aside, from a start that differs from task to task.</summary>
    internal (NumberAnswers Train, List<(int Task, int Worker, double Value)> Aside) Split()
    {
        const int Folds = 5;
        var kept = new List<(int Task, int Worker, double Value)>(Count);
        var aside = new List<(int Task, int Worker, double Value)>();
        for (var t = 0; t < TaskCount; t++)
        {
            for (var i = _starts[t]; i < _starts[t + 1]; i++)
            {
                var away = _starts[t + 1] - _starts[t] > 1 && (t + i - _starts[t]) % Folds == 0;
                (away ? aside : kept).Add((t, _workers[i], _values[i]));
            }
        }

        var train = From(
            kept.ConvertAll(k => k.Task).ToArray(), kept.ConvertAll(k => k.Worker).ToArray(), kept.ConvertAll(k => k.Value).ToArray(), TaskCount, WorkerCount);
        return (train, aside);
    }

    internal ReadOnlySpan<double> ValuesOf(int task) => _values.AsSpan(_starts[task], _starts[task + 1] - _starts[task]);

    internal ReadOnlySpan<int> WorkersOf(int task) => _workers.AsSpan(_starts[task], _starts[task + 1] - _starts[task]);
}

/// <summary>What a number method found.</summary>
public sealed record NumberResult
{
    public required string Method { get; init; }

    /// <summary>The number of each task; NaN without answers.</summary>
    public required double[] Values { get; init; }

    /// <summary>The standard error of each value, in the unit of the numbers; NaN where one answer stands alone.</summary>
    public required double[] Errors { get; init; }

    /// <summary>For each task 0 to 1: the share of the answers' weight that lies within the tolerance of the value.</summary>
    public required double[] Confidences { get; init; }

    /// <summary>What each answer counted, in the order of <see cref="NumberAnswers"/>.</summary>
    public required double[] Weights { get; init; }

    public required NumberWorker[] Workers { get; init; }

    public required Categories.Fit Fit { get; init; }
}

/// <summary>How a worker answers numbers.</summary>
/// <param name="Bias">How far above the truth on average, in the unit of the numbers.</param>
/// <param name="Deviation">The standard deviation around truth and bias; NaN without answers.</param>
/// <param name="Weight">What an answer counts, relative to the mean worker's 1.</param>
/// <param name="Answers">How many answers that rests on.</param>
public readonly record struct NumberWorker(double Bias, double Deviation, double Weight, int Answers);
