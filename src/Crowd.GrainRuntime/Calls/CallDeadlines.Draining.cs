namespace Crowd.GrainRuntime;

internal sealed partial class CallDeadlines
{
    /// <summary>Completes when no call waits, when the limit is reached, or when the token is cancelled; never fails.</summary>
    public async Task WhenNoneWaitsAsync(TimeSpan limit, TimeProvider time, TaskCreationOptions options, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource(options);
        _whenNone = seen;
        if (Count == 0) return;
        await Task.WhenAny(seen.Task, Task.Delay(limit, time, cancellationToken));
    }
}
