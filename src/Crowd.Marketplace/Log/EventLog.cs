using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Marketplace.Log;

/// <summary>
/// The log as grains see it: domain events in, domain events out. Each event's row changes are worked out here, on the caller's
/// thread, and committed with it.
/// </summary>
public sealed class EventLog(IJournal journal, TimeProvider time)
{
    /// <summary>The journal itself, for reading tables and following.</summary>
    public IJournal Journal => journal;

    /// <summary>The time, to the microsecond as the log keeps it, so that live state and replayed state are equal.</summary>
    public DateTimeOffset Now => Instants.FromMicroseconds(time.GetUtcNow().ToMicroseconds());

    /// <summary>Appends the events to the stream and their row changes to the tables, with others that stand beside the log.</summary>
    public Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, DateTimeOffset at, string actor, IReadOnlyList<DomainEvent> events, IReadOnlyList<RowChange>? beside, CancellationToken cancellationToken)
    {
        var stored = new NewEvent[events.Count];
        var rows = new List<RowChange>(4 + (events.Count * 4));
        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] = new(EventTypes.NameOf(events[i]), EventTypes.Write(events[i]));
            ReadModels.Project(rows, stream, expectedVersion + i + 1, at, events[i]);
        }

        if (beside is not null)
            rows.AddRange(beside);
        return journal.AppendAsync(
            new() { Stream = stream, ExpectedVersion = expectedVersion, At = at, Actor = actor, Events = stored, Changes = rows }, cancellationToken);
    }

    /// <summary>The events of the stream above the version.</summary>
    public async IAsyncEnumerable<(long Version, DateTimeOffset At, DomainEvent Event)> ReadAsync(
        string stream, long afterVersion, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var e in journal.ReadStreamAsync(stream, afterVersion, cancellationToken))
            yield return (e.Version, e.At, EventTypes.Read(e.Type, e.Data.Span));
    }
}
