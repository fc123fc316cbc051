namespace Crowd.Journal;

/// <summary>The events that were pushed and not yet taken, up to a limit, and the signal that something came.</summary>
internal sealed class PushedEvents(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<StoredEvent> _events = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when events came since <see cref="TakeAfter"/> found none.</summary>
    public Task Arrived
    {
        get
        {
            lock (_lock)
                return _arrived.Task;
        }
    }

    /// <summary>Takes the batch in. Where there is no room everything is dropped: the log has it.</summary>
    public void Add(IReadOnlyList<StoredEvent> batch)
    {
        lock (_lock)
        {
            if (_events.Count + batch.Count > limit)
                _events.Clear();
            else
            {
                foreach (var stored in batch)
                    _events.Enqueue(stored);
            }

            _arrived.TrySetResult();
        }
    }

    /// <summary>
    /// The events that follow the position without a gap. None, and <paramref name="missing"/> is true, when what was pushed lies further
    /// ahead or was dropped: read the log.
    /// </summary>
    public List<StoredEvent> TakeAfter(long position, int most, out bool missing)
    {
        var taken = new List<StoredEvent>();
        lock (_lock)
        {
            while (_events.TryPeek(out var first) && first.Position <= position)
                _events.Dequeue();
            while (taken.Count < most && _events.TryPeek(out var next) && next.Position == position + 1)
            {
                taken.Add(_events.Dequeue());
                position++;
            }

            missing = taken.Count == 0 && (_events.Count > 0 || _arrived.Task.IsCompleted);
            if (_events.Count == 0 && _arrived.Task.IsCompleted)
                _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return taken;
    }
}
