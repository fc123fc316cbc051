namespace Crowd.Simulation;

/// <summary>A journal that sometimes fails: before it writes, or after it has written so that nobody knows.</summary>
internal sealed class FaultyJournal(IJournal inner, Chance chance) : IJournal
{
    /// <summary>In a row, so that a fault hits what is tried again, too.</summary>
    private const double Rate = 0.02;

    /// <summary>False while the world is set up, audited or comes to rest.</summary>
    public bool Fails { get; set; }

    public bool RebuildNeeded => inner.RebuildNeeded;

    public Task InitialiseAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) => inner.InitialiseAsync(tables, cancellationToken);

    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        if (Fails && chance.Of(Rate, Fault.AppendFails))
            throw new JournalUnavailableException("The disk is full.");
        if (Fails && append.Events.Count > 0 && chance.Of(Rate / 4, Fault.Conflict))
            return new AppendResult.Conflict(append.ExpectedVersion + 1);
        var result = await inner.AppendAsync(append, cancellationToken);
        return Fails && chance.Of(Rate, Fault.ReplyLost) ? throw new JournalOutcomeUnknownException("The connection was lost.") : result;
    }

    public async Task WriteSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (Fails && chance.Of(10 * Rate, Fault.SnapshotFails))
            throw new JournalUnavailableException("The disk is full.");
        await inner.WriteSnapshotAsync(snapshot, cancellationToken);
    }

    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        string stream, long afterVersion, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stored in inner.ReadStreamAsync(stream, afterVersion, cancellationToken))
        {
            if (Fails && chance.Of(Rate / 10, Fault.ReadFails))
                throw new JournalUnavailableException("The connection was lost.");
            yield return stored;
        }
    }

    public Task<Row?> ReadRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken) =>
        Fails && chance.Of(Rate / 10, Fault.ReadFails)
            ? Task.FromException<Row?>(new JournalUnavailableException("The connection was lost."))
            : inner.ReadRowAsync(table, key, cancellationToken);

    public Task<IReadOnlyList<Row>> ReadRowsAsync(TableQuery query, CancellationToken cancellationToken) =>
        Fails && chance.Of(Rate / 10, Fault.ReadFails)
            ? Task.FromException<IReadOnlyList<Row>>(new JournalUnavailableException("The connection was lost."))
            : inner.ReadRowsAsync(query, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken) => inner.ReadLogAsync(afterPosition, limit, cancellationToken);

    public Task<long> LastPositionAsync(CancellationToken cancellationToken) => inner.LastPositionAsync(cancellationToken);

    public Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken) => inner.ReadSnapshotAsync(stream, cancellationToken);

    public Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken) => inner.ReadCheckpointAsync(follower, cancellationToken);

    public Task WriteCheckpointAsync(string follower, long position, CancellationToken cancellationToken) => inner.WriteCheckpointAsync(follower, position, cancellationToken);

    public IDisposable Subscribe(Action<IReadOnlyList<StoredEvent>> observer) => inner.Subscribe(observer);

    public Task RebuildAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken) => inner.RebuildAsync(project, cancellationToken);
}
