using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

/// <summary>Those who are told of every batch, in the order in which they came.</summary>
internal sealed partial class CommitObservers(ILogger logger)
{
    private ImmutableArray<Subscription> _subscriptions = [];

    public bool Any => !_subscriptions.IsEmpty;

    public IDisposable Add(Action<IReadOnlyList<StoredEvent>> observer)
    {
        var subscription = new Subscription(this, observer);
        ImmutableInterlocked.Update(ref _subscriptions, static (all, one) => all.Add(one), subscription);
        return subscription;
    }

    /// <summary>Tells everybody. An observer that throws, against its contract, does not keep the others from hearing.</summary>
    public void Tell(IReadOnlyList<StoredEvent> events)
    {
        foreach (var subscription in _subscriptions)
        {
            try
            {
                subscription.Observer(events);
            }
            catch (Exception e)
            {
                LogObserverFailed(events[^1].Position, e);
            }
        }
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Error, Message = "An observer of commits failed at position {Position}")]
    private partial void LogObserverFailed(long position, Exception exception);

    private sealed class Subscription(CommitObservers observers, Action<IReadOnlyList<StoredEvent>> observer) : IDisposable
    {
        public Action<IReadOnlyList<StoredEvent>> Observer => observer;

        public void Dispose() => ImmutableInterlocked.Update(ref observers._subscriptions, static (all, one) => all.Remove(one), this);
    }
}
