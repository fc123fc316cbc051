namespace Crowd.Journal;

/// <summary>What somebody wants written, and the task that completes when it is. Continuations never run on the writer.</summary>
internal abstract class WriteRequest() : TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private CancellationTokenRegistration _cancellation;
    private int _state;

    /// <summary>How much the request adds to a transaction, in rows.</summary>
    public abstract int Weight { get; }

    /// <summary>Lets the token withdraw the request as long as the writer has not taken it. Call before it is queued.</summary>
    public void WithdrawOn(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (request, token) => ((WriteRequest)request!).Withdraw(token), this);
    }

    /// <summary>The writer takes the request; false when it was withdrawn before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Queued) == Queued;

    public void Complete(AppendResult result)
    {
        _cancellation.Unregister();
        TrySetResult(result);
    }

    public void Fail(Exception exception)
    {
        _cancellation.Unregister();
        TrySetException(exception);
    }

    private void Withdraw(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Queued) == Queued)
            TrySetCanceled(cancellationToken);
    }
}

/// <summary>An append that waits for the writer.</summary>
internal sealed class AppendRequest(Append append) : WriteRequest
{
    public Append Append { get; } = append;

    public override int Weight => Append.Events.Count + Append.Changes.Count;
}

/// <summary>A snapshot that waits for the writer.</summary>
internal sealed class SnapshotRequest(Snapshot snapshot) : WriteRequest
{
    public Snapshot Snapshot { get; } = snapshot;

    public override int Weight => 1;
}

/// <summary>A follower's checkpoint that waits for the writer.</summary>
internal sealed class CheckpointRequest(string follower, long position) : WriteRequest
{
    public string Follower { get; } = follower;

    public long Position { get; } = position;

    public override int Weight => 1;
}
