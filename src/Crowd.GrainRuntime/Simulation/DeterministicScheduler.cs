namespace Crowd.GrainRuntime;

/// <summary>
/// Runs everything that is queued to it on the one thread that asks for it, one piece at a time, in an order drawn from a seed: the same
/// seed and the same program give the same order. Given to <see cref="GrainRuntimeOptions.TurnScheduler"/>, it runs all grains of a runtime.
/// </summary>
/// <remarks>
/// <para>A piece is one turn of a grain, or what a client started by <see cref="Run(Func{Task})"/> does between two awaits. Everything that
/// takes part must stay here: clients are started by <see cref="Run(Func{Task})"/>, time comes from a clock that the test moves between
/// runs, nobody uses <c>Task.Run</c> or <c>ConfigureAwait(false)</c>, and what the grains wait for completes at once, on this scheduler,
/// or by the test's hand between runs, from a source made without <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>.</para>
/// <para>Anything may queue from any thread, but only what comes from here comes in a repeatable order.</para>
/// </remarks>
public sealed class DeterministicScheduler(int seed) : TaskScheduler
{
    /// <summary>The default of how many pieces one run may take before it counts as endless.</summary>
    public const int DefaultStepLimit = 10_000_000;

    private readonly Lock _gate = new();
    private readonly List<Task> _ready = [];
    private readonly Random _random = new(seed);
    private bool _running;

    /// <summary>The seed that repeats this order.</summary>
    public int Seed { get; } = seed;

    /// <summary>How many pieces have run so far.</summary>
    public long Steps { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Queues a client: its first piece, and through its awaits all that follow, run in the runs to come.</summary>
    public Task Run(Func<Task> client) => Task.Factory.StartNew(client, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc cref="Run(Func{Task})"/>
    public Task<T> Run<T>(Func<Task<T>> client) => Task.Factory.StartNew(client, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs pieces until none is ready: everybody waits for the clock, for the test, or for nothing any more.</summary>
    /// <param name="stepLimit">Most pieces to run, at least 1.</param>
    /// <returns>How many pieces ran.</returns>
    /// <exception cref="InvalidOperationException">The limit is reached, or the call comes from inside a run.</exception>
    public int RunUntilIdle(int stepLimit = DefaultStepLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepLimit, 1);
        for (var steps = 0; ; steps++)
        {
            if (steps == stepLimit) throw new InvalidOperationException($"Still not idle after {stepLimit} steps (seed {Seed}).");
            if (!RunOne()) return steps;
        }
    }

    /// <summary>Runs until the task is complete and gives its result or exception.</summary>
    /// <exception cref="InvalidOperationException">Nothing is ready and the task is not complete: it waits for something that never comes.</exception>
    public T RunUntil<T>(Task<T> task, int stepLimit = DefaultStepLimit)
    {
        RunUntil((Task)task, stepLimit);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="RunUntil{T}(Task{T}, int)"/>
    public void RunUntil(Task task, int stepLimit = DefaultStepLimit)
    {
        for (var steps = 0; !task.IsCompleted; steps++)
        {
            if (steps == stepLimit || !RunOne()) throw new InvalidOperationException($"The task is not complete after {steps} steps (seed {Seed}).");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs one piece.</summary>
    /// <returns>False when none is ready.</returns>
    /// <exception cref="InvalidOperationException">The call comes from inside a run.</exception>
    public bool RunOne()
    {
        Task next;
        lock (_gate)
        {
            if (_running) throw new InvalidOperationException("A run is under way.");
            if (_ready.Count == 0) return false;
            var chosen = _random.Next(_ready.Count);
            next = _ready[chosen];
            // The order of the rest does not matter, only that it is the same every time.
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            _running = true;
            Steps++;
        }

        // A context of the caller's (test frameworks have one) would draw the code after an await to itself.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            TryExecuteTask(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            lock (_gate) _running = false;
        }

        return true;
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate) _ready.Add(task);
    }

    /// <summary>Never: each piece is a step of its own, so that others can come between.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _ready];
    }
}
