using System.Collections.Concurrent;
using System.Threading.Channels;
using Crowd.Journal;

namespace Crowd.Api.Subscriptions;

/// <summary>
/// Hands committed events to subscriptions. A subscriber that is slower than the log loses the oldest of what waits for it: every event it is sent
/// says how things stand, not what has changed.
/// </summary>
public sealed class LogFeed : IDisposable
{
    /// <summary>Most events that wait for one subscriber.</summary>
    public const int Waiting = 256;

    private readonly ConcurrentDictionary<long, Subscriber> _subscribers = new();
    private readonly IDisposable _subscription;
    private long _last;

    public LogFeed(IJournal journal) => _subscription = journal.Subscribe(Publish);

    /// <summary>Committed events for which the filter holds, from now on.</summary>
    public async IAsyncEnumerable<StoredEvent> FollowAsync(
        Func<StoredEvent, bool> filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var channel = Channel.CreateBounded<StoredEvent>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _subscribers[id] = new(filter, channel.Writer);
        try
        {
            await foreach (var e in channel.Reader.ReadAllAsync(cancellationToken))
                yield return e;
        }
        finally
        {
            _subscribers.TryRemove(id, out _);
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Publish(IReadOnlyList<StoredEvent> events)
    {
        if (_subscribers.IsEmpty)
            return;
        foreach (var (_, subscriber) in _subscribers)
        {
            foreach (var e in events)
            {
                if (subscriber.Filter(e))
                    subscriber.Writer.TryWrite(e);
            }
        }
    }

    private sealed record Subscriber(Func<StoredEvent, bool> Filter, ChannelWriter<StoredEvent> Writer);
}
