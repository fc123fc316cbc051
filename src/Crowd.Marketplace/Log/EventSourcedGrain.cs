using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Marketplace.Log;

/// <summary>
/// A grain whose state is what its events make of it. It has the state by replay (from the newest snapshot on), and changes it only by
/// committing events.
/// </summary>
/// <remarks>
/// A version conflict or an unknown outcome means that the state in memory may be wrong: the call fails with
/// <see cref="InconsistentStateException"/>, which makes the runtime drop the activation, and the next call replays.
/// </remarks>
public abstract class EventSourcedGrain<TState, TEvent>(EventLog log) : Grain
    where TState : class
    where TEvent : DomainEvent
{
    /// <summary>Events between two snapshots.</summary>
    private const int SnapshotInterval = 500;

    private bool _loaded;
    private long _snapshotVersion;

    /// <summary>The log.</summary>
    protected EventLog Log => log;

    /// <summary>The state as of <see cref="Version"/>.</summary>
    protected TState State { get; private set; } = null!;

    /// <summary>How many events the stream has.</summary>
    protected long Version { get; private set; }

    /// <summary>Where in the log the last events stand that this activation committed.</summary>
    protected long Position { get; private set; }

    /// <summary>The stream, which is the grain's key.</summary>
    protected string Stream => this.GetPrimaryKeyString();

    /// <summary>The state before the first event.</summary>
    protected abstract TState Initial { get; }

    /// <summary>JSON of the state, for snapshots.</summary>
    protected abstract JsonTypeInfo<TState> StateJson { get; }

    /// <summary>The state after an event.</summary>
    protected abstract TState Apply(TState state, TEvent e, DateTimeOffset at);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Replays the stream.</summary>
    protected async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded)
            return;
        var (state, version) = (Initial, 0L);
        if (await log.Journal.ReadSnapshotAsync(Stream, cancellationToken) is { } snapshot && StateSnapshot.Read(snapshot.Data) is { } kept)
        {
            state = JsonSerializer.Deserialize(kept.Span, StateJson)!;
            version = _snapshotVersion = snapshot.Version;
        }

        await foreach (var stored in log.ReadAsync(Stream, version, cancellationToken))
        {
            state = Apply(state, (TEvent)stored.Event, stored.At);
            version = stored.Version;
        }

        // Only a replay that came to its end counts: one that broke off begins anew.
        (State, Version, _loaded) = (state, version, true);
    }

    /// <summary>Starts from the state before the first event without reading: for a stream that is known to be empty. If it is not, the first commit fails.</summary>
    protected void LoadEmpty()
    {
        if (_loaded)
            return;
        State = Initial;
        _loaded = true;
    }

    /// <summary>Commits the events, with row changes beside the log, and applies them. Nothing to commit is done at once.</summary>
    protected async Task CommitAsync(IReadOnlyList<TEvent> events, string actor, DateTimeOffset at, IReadOnlyList<RowChange>? beside = null)
    {
        if (events.Count == 0)
            return;
        AppendResult result;
        try
        {
            result = await log.AppendAsync(Stream, Version, at, actor, events, beside, CancellationToken.None);
        }
        catch (JournalOutcomeUnknownException unknown)
        {
            throw new InconsistentStateException($"Whether events of {Stream} were committed is not known; the state is read again.", unknown);
        }

        if (result is AppendResult.Conflict conflict)
            throw new InconsistentStateException($"{Stream} is at version {conflict.ActualVersion}, not {Version}; the state is read again.");
        Position = ((AppendResult.Committed)result).LastPosition;
        foreach (var e in events)
            State = Apply(State, e, at);
        Version += events.Count;
        if (Version - _snapshotVersion >= SnapshotInterval)
            await SnapshotAsync();
    }

    /// <summary>Keeps a snapshot. The events are durable already: a store that cannot take it now does not fail the call.</summary>
    private async Task SnapshotAsync()
    {
        _snapshotVersion = Version;
        try
        {
            await log.Journal.WriteSnapshotAsync(new(Stream, Version, StateSnapshot.Write(State, StateJson)), CancellationToken.None);
        }
        catch (Exception e) when (e is JournalUnavailableException or JournalOutcomeUnknownException)
        {
            // The next one is due after as many events again; until then a replay is longer.
        }
    }

    /// <summary>Commits what a decider decided and gives its value, or its refusal.</summary>
    protected async Task<Outcome<T>> DecideAsync<T>(Outcome<TEvent[]> decision, string actor, DateTimeOffset at, Func<T> value)
    {
        if (!decision.Accepted)
            return decision.Rejection;
        await CommitAsync(decision.Value, actor, at);
        return value();
    }

    /// <summary>Commits what a decider decided.</summary>
    protected Task<Outcome<Done>> DecideAsync(Outcome<TEvent[]> decision, string actor, DateTimeOffset at) => DecideAsync(decision, actor, at, static () => default(Done));
}
