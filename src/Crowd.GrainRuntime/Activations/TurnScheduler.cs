namespace Crowd.GrainRuntime;

/// <summary>A piece of work that runs undisturbed.</summary>
internal interface ITurn
{
    void Run();
}

/// <summary>
/// The scheduler of one activation: runs one turn at a time, in order of arrival. Code after an <c>await</c> comes back here, because it is
/// the current scheduler of every turn.
/// </summary>
/// <param name="below">What the turns run on; null is the thread pool.</param>
/// <param name="turnsPerSlice">How many turns run before other work gets its chance.</param>
internal sealed class TurnScheduler(TaskScheduler? below, int turnsPerSlice) : TaskScheduler, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static TurnScheduler? _onThisThread;

    // The task that makes this scheduler the current one for the turns that run inside it.
    [ThreadStatic]
    private static Task? _carrier;

    private readonly Lock _gate = new();
    private readonly Queue<object> _ready = [];
    private bool _busy;
    private bool _stopped;

    /// <summary>Whether the calling code runs as part of a grain's turn.</summary>
    public static bool IsInTurn => Current is TurnScheduler;

    public override int MaximumConcurrencyLevel => 1;

    public void Post(ITurn turn) => Enqueue(turn);

    /// <summary>Claims the scheduler for the calling thread if nothing runs or waits. Follow with <see cref="RunClaimed"/>.</summary>
    public bool TryClaim()
    {
        lock (_gate)
        {
            if (_busy || _stopped) return false;
            _busy = true;
            return true;
        }
    }

    /// <summary>Runs one turn on the calling thread, then gives the claim back.</summary>
    public void RunClaimed(ITurn turn)
    {
        RunAsCurrent(new Task(static turn => ((ITurn)turn!).Run(), turn, TaskCreationOptions.DenyChildAttach));
        Release();
    }

    /// <summary>Forgets all turns, now and later: what waits for them waits for ever.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _ready.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => RunSlice();

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ReferenceEquals(task, _carrier)
            ? TryExecuteTask(task)
            : !taskWasPreviouslyQueued && _onThisThread == this && !Volatile.Read(ref _stopped) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _ready.OfType<Task>()];
    }

    private void Enqueue(object turn)
    {
        lock (_gate)
        {
            if (_stopped) return;
            _ready.Enqueue(turn);
            if (_busy) return;
            _busy = true;
        }

        Schedule();
    }

    private void Schedule()
    {
        if (below is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        // The slice must not carry the surroundings of whoever happened to wake the grain.
        CleanContext.Run(
            static state => new Task(static self => ((TurnScheduler)self!).RunSlice(), state.Self, TaskCreationOptions.DenyChildAttach).Start(state.Below),
            (Self: this, Below: below));
    }

    private void RunSlice()
    {
        RunAsCurrent(new Task(static self => ((TurnScheduler)self!).RunReadyTurns(), this, TaskCreationOptions.DenyChildAttach));
        Release();
    }

    private void RunReadyTurns()
    {
        for (var i = 0; i < turnsPerSlice; i++)
        {
            object? turn;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out turn)) return;
            }

            if (turn is Task task)
            {
                TryExecuteTask(task);
            }
            else
            {
                ((ITurn)turn).Run();
                CleanContext.Restore();
            }
        }
    }

    private void RunAsCurrent(Task carrier)
    {
        var (outerScheduler, outerCarrier, outerContext) = (_onThisThread, _carrier, SynchronizationContext.Current);
        (_onThisThread, _carrier) = (this, carrier);
        // A context of the caller's would draw the code after an await to itself.
        if (outerContext is not null) SynchronizationContext.SetSynchronizationContext(null);
        carrier.RunSynchronously(this);
        if (outerContext is not null) SynchronizationContext.SetSynchronizationContext(outerContext);
        (_onThisThread, _carrier) = (outerScheduler, outerCarrier);
    }

    private void Release()
    {
        lock (_gate)
        {
            if (_ready.Count == 0)
            {
                _busy = false;
                return;
            }
        }

        Schedule();
    }
}
