using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd.Journal;

/// <summary>
/// The part that every journal shares: a bounded queue, one writer that commits everything waiting as one transaction, conflicts,
/// and telling the observers. A store adds how a batch is written and how things are read.
/// </summary>
/// <remarks>Disposing waits until everything queued is written. Safe for use by many threads.</remarks>
public abstract partial class GroupCommitJournal : IJournal, IAsyncDisposable
{
    /// <summary>Streams whose version is kept in memory, so that an append to one of them asks the store nothing.</summary>
    private const int StreamVersionsKept = 262_144;

    /// <summary>Events that are read at a time when the whole log is gone through.</summary>
    private protected const int EventsPerPage = 2_000;

    private static readonly AppendResult NothingAppended = new AppendResult.Committed(0, 0);

    private readonly Channel<WriteRequest> _queue;
    private readonly StreamVersions _versions = new(StreamVersionsKept);
    private readonly SemaphoreSlim _exclusive = new(1, 1);
    private readonly CommitObservers _observers;
    private readonly ILogger _logger;
    private readonly Task _writer;
    private readonly SharedLog? _sharing;
    private FrozenDictionary<string, Table> _tables = FrozenDictionary<string, Table>.Empty;

    /// <summary>Starts the writer.</summary>
    /// <param name="loggerFactory">Where failures are logged; null for nowhere.</param>
    /// <param name="inline">Commit within the call that appends, without a thread of its own. Only for stores that never wait.</param>
    /// <param name="shared">Other processes write too: observers are told of what stands in the log, whoever wrote it.</param>
    private protected GroupCommitJournal(ILoggerFactory? loggerFactory, bool inline, bool shared = false)
    {
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<GroupCommitJournal>();
        _observers = new CommitObservers(_logger);
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(JournalLimits.WaitingAppends) { SingleReader = true });
        _inline = inline;
        _sharing = shared ? new SharedLog(this, _observers, _logger) : null;
        _writer = inline ? Task.CompletedTask : Task.Run(WriteAsync);
    }

    /// <summary>The tables given to <see cref="InitialiseAsync"/> so far, by name.</summary>
    private protected IReadOnlyDictionary<string, Table> Tables => _tables;

    /// <inheritdoc/>
    public bool RebuildNeeded { get; private protected set; }

    /// <inheritdoc/>
    public async Task InitialiseAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        foreach (var table in tables)
            TableRules.Check(table);
        await ExclusiveAsync(() => CreateAsync(tables, cancellationToken), cancellationToken);
        _sharing?.Start();
        _tables = _tables.Values.Concat(tables).GroupBy(t => t.Name, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        AppendRules.Check(append, _tables);
        return SubmitAsync(new AppendRequest(append), cancellationToken);
    }

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        AppendRules.CheckStream(snapshot.Stream);
        return SubmitAsync(new SnapshotRequest(snapshot), cancellationToken);
    }

    /// <inheritdoc/>
    public Task WriteCheckpointAsync(string follower, long position, CancellationToken cancellationToken)
    {
        AppendRules.CheckStream(follower);
        return SubmitAsync(new CheckpointRequest(follower, position), cancellationToken);
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<IReadOnlyList<StoredEvent>> observer) => _observers.Add(observer);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        while (true)
        {
            var page = await ReadStreamPageAsync(stream, afterVersion, EventsPerPage, cancellationToken);
            foreach (var stored in page)
                yield return stored;
            if (page.Count < EventsPerPage)
                yield break;
            afterVersion = page[^1].Version;
        }
    }

    /// <inheritdoc/>
    public abstract Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<long> LastPositionAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public Task<Row?> ReadRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        TableRules.CheckKey(table, key);
        return FindRowAsync(table, key, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Row>> ReadRowsAsync(TableQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > TableLimits.RowsPerRead)
            throw new ArgumentOutOfRangeException(nameof(query), $"A read returns 1 to {TableLimits.RowsPerRead} rows.");
        foreach (var (column, _) in query.Where)
            query.Table.Find(column);
        if (query.After is not null)
            TableRules.CheckKey(query.Table, query.After);
        return FindRowsAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RebuildAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken) =>
        ExclusiveAsync(() => RebuildTablesAsync(project, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RowDifference>> CompareWithLogAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var differences = await CompareTablesAsync(project, limit, cancellationToken);
        return [.. differences.OrderBy(d => d.Table.Name, StringComparer.Ordinal).ThenBy(d => (Value[])[.. (d.Stored ?? d.Rebuilt)!.Key], RowKey.Comparer)];
    }

    /// <summary>Writes what is queued, then closes the store. Appends that come later are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        _closed = true;
        if (_sharing is not null)
            await _sharing.DisposeAsync();
        await _writer;
        await CloseAsync();
        _exclusive.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates what the store lacks.</summary>
    private protected abstract Task CreateAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>Writes the batch as one transaction. Never called twice at a time.</summary>
    /// <returns>The position of the log before the batch; null when a stream has another version than the batch needs: nothing was written.</returns>
    /// <exception cref="JournalUnavailableException">Nothing was written.</exception>
    /// <exception cref="JournalOutcomeUnknownException">Whether the batch is durable is not known.</exception>
    /// <exception cref="RefusedBatchException">Something in the batch cannot be stored; nothing was written.</exception>
    private protected abstract ValueTask<long?> CommitAsync(CommitBatch batch);

    /// <summary>The versions of the streams, 0 for those without events. Called between commits only.</summary>
    private protected abstract ValueTask<Dictionary<string, long>> ReadVersionsAsync(IReadOnlyCollection<string> streams);

    private protected abstract Task<IReadOnlyList<StoredEvent>> ReadStreamPageAsync(string stream, long afterVersion, int limit, CancellationToken cancellationToken);

    private protected abstract Task<Row?> FindRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<Row>> FindRowsAsync(TableQuery query, CancellationToken cancellationToken);

    private protected abstract Task RebuildTablesAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken);

    private protected abstract Task<List<RowDifference>> CompareTablesAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken);

    private protected abstract ValueTask CloseAsync();

    /// <summary>The read models, without the tables beside the log.</summary>
    private protected List<Table> ReadModels => [.. _tables.Values.Where(t => !t.BesideLog)];

    /// <summary>The changes of read models that the events lead to. Changes of tables beside the log are left out: the log does not hold what they hold.</summary>
    /// <exception cref="ArgumentException">A change does not fit its table.</exception>
    private protected RowMerge Project(IEnumerable<StoredEvent> events, Func<StoredEvent, IReadOnlyList<RowChange>> project)
    {
        var rows = new RowMerge();
        foreach (var change in events.SelectMany(project).Where(c => !c.Table.BesideLog))
        {
            AppendRules.Check(change, _tables);
            rows.Apply(change);
        }

        return rows;
    }

    /// <summary>Runs the work while nothing is committed.</summary>
    private protected async Task ExclusiveAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _exclusive.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _exclusive.Release();
        }
    }
}
