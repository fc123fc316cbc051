namespace Crowd.Journal;

/// <summary>
/// The append-only log and the tables that are written with it. Every implementation (volatile, SQLite, PostgreSQL) passes
/// the same compliance suite.
/// </summary>
/// <remarks>
/// <para>Positions start at 1, have no gaps and appear to every reader in order: once a reader has seen position n, no position
/// below n appears later. Versions start at 1 within a stream and have no gaps.</para>
/// <para>All appends that wait at the same time are committed as one transaction (group commit). A conflict fails only its own append.</para>
/// </remarks>
public interface IJournal : ITableReader
{
    /// <summary>
    /// Creates what the store lacks: the log's tables and the given read models. A read model whose columns have changed is created anew
    /// (see <see cref="RebuildNeeded"/>); a table beside the log only gains columns. Safe to call on every start.
    /// </summary>
    /// <exception cref="ArgumentException">A table has a name or a shape that no store takes, or one beside the log lost or changed a column.</exception>
    /// <exception cref="JournalUnavailableException">The store cannot be reached or written.</exception>
    Task InitialiseAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>
    /// True when read models lack what the log holds: <see cref="InitialiseAsync"/> found a new or a changed one over a log with events.
    /// They stay empty until <see cref="RebuildAsync"/>; the answer outlives a restart.
    /// </summary>
    bool RebuildNeeded => false;

    /// <summary>
    /// Appends the events and applies the row changes in one transaction, durable when the task completes.
    /// Events may be empty: then only the rows are written, and the expected version is not looked at.
    /// </summary>
    /// <returns>The outcome: committed, or the version that the stream has instead of the expected one.</returns>
    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="JournalOutcomeUnknownException">The connection was lost while committing: the append may or may not be
    /// durable. Read the stream again before going on; never assume either.</exception>
    /// <exception cref="ArgumentException">A limit of <see cref="JournalLimits"/> is exceeded; nothing was written.</exception>
    Task<AppendResult> AppendAsync(Append append, CancellationToken cancellationToken);

    /// <summary>The events of one stream with a version above <paramref name="afterVersion"/>, in order.</summary>
    IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, long afterVersion, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> events of all streams with a position above <paramref name="afterPosition"/>, in order.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>The position of the last committed event, 0 when the log is empty.</summary>
    Task<long> LastPositionAsync(CancellationToken cancellationToken);

    /// <summary>The newest snapshot of the stream, or null.</summary>
    Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken);

    /// <summary>Keeps the snapshot unless a newer one is kept already. Snapshots are disposable: losing one costs time only.</summary>
    Task WriteSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>How far the named follower has come: the position of the last event it has handled, 0 at first.</summary>
    Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken);

    /// <summary>Stores how far the named follower has come. A lower position than the stored one is ignored.</summary>
    Task WriteCheckpointAsync(string follower, long position, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="observer"/> with every batch this process commits, in order of position, after the commit and before
    /// the appends of that batch complete. The observer must not block and must not throw. Dispose to stop.
    /// </summary>
    IDisposable Subscribe(Action<IReadOnlyList<StoredEvent>> observer);

    /// <summary>
    /// Empties the read models (not the tables kept beside the log) and fills them again from the whole log, as one transaction.
    /// Events are given in order to <paramref name="project"/>, which returns the row changes of each; changes of tables beside the log
    /// are left out. Memory does not grow with the log. Nothing else is written meanwhile.
    /// </summary>
    Task RebuildAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken);

    /// <summary>
    /// Builds the read models a second time from the log, beside the live ones and without touching them, and compares. Both are taken
    /// at one moment, appends go on meanwhile; memory does not grow with the log (stores use temporary tables, gone afterwards).
    /// </summary>
    /// <param name="project">As for <see cref="RebuildAsync"/>.</param>
    /// <param name="limit">Most differences to return of each table, 1 or more.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The rows that differ; none when the read models are what the log says.</returns>
    Task<IReadOnlyList<RowDifference>> CompareWithLogAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
}
