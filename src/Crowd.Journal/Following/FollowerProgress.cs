namespace Crowd.Journal;

/// <summary>How far a follower has come, and who waits for it to come further.</summary>
internal sealed class FollowerProgress
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _position;

    public long Position => Interlocked.Read(ref _position);

    public void Advance(long position)
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _position, position);
            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= position)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    public Task WaitForAsync(long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (position <= _position)
                return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
            return waiter.Task.WaitAsync(cancellationToken);
        }
    }
}
