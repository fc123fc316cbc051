using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

/// <summary>
/// A journal in memory, for tests and simulation; nothing outlives it. Reads complete at once.
/// </summary>
/// <param name="commitInline">
/// True: an append is committed, its observers told and its task complete when <see cref="GroupCommitJournal.AppendAsync"/> returns, on the
/// caller's thread, so that a run with one thread and one seed always goes the same way. False: a writer of its own commits groups.
/// </param>
/// <param name="loggerFactory">Where failures are logged; null for nowhere.</param>
public sealed class VolatileJournal(bool commitInline = false, ILoggerFactory? loggerFactory = null) : GroupCommitJournal(loggerFactory, commitInline)
{
    private readonly Lock _lock = new();
    private readonly List<StoredEvent> _log = [];
    private readonly Dictionary<string, List<StoredEvent>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Snapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _checkpoints = new(StringComparer.Ordinal);
    private Dictionary<string, VolatileTable> _rows = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        lock (_lock)
        {
            var from = (int)Math.Clamp(afterPosition, 0, _log.Count);
            return Task.FromResult<IReadOnlyList<StoredEvent>>(_log.GetRange(from, Math.Min(limit, _log.Count - from)));
        }
    }

    /// <inheritdoc/>
    public override Task<long> LastPositionAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult((long)_log.Count);
    }

    /// <inheritdoc/>
    public override Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_snapshots.GetValueOrDefault(stream));
    }

    /// <inheritdoc/>
    public override Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_checkpoints.GetValueOrDefault(follower));
    }

    private protected override Task CreateAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var table in tables)
            {
                if (!_rows.TryGetValue(table.Name, out var known) || !TableSql.SameShape(known.Table, table))
                    _rows[table.Name] = new VolatileTable(table);
            }
        }

        return Task.CompletedTask;
    }

    private protected override ValueTask<long?> CommitAsync(CommitBatch batch)
    {
        lock (_lock)
        {
            if (batch.Assumed.Any(a => VersionOf(a.Key) != a.Value))
                return new((long?)null);
            ApplyRows(_rows, batch.Rows);
            var before = _log.Count;
            foreach (var stored in batch.Stored(before))
            {
                if (!_streams.TryGetValue(stored.Stream, out var stream))
                    _streams.Add(stored.Stream, stream = []);
                stream.Add(stored);
                _log.Add(stored);
            }

            foreach (var (stream, snapshot) in batch.Snapshots)
            {
                if (!_snapshots.TryGetValue(stream, out var kept) || kept.Version <= snapshot.Version)
                    _snapshots[stream] = snapshot;
            }

            foreach (var (follower, position) in batch.Checkpoints)
                _checkpoints[follower] = Math.Max(position, _checkpoints.GetValueOrDefault(follower));
            return new(before);
        }
    }

    private protected override ValueTask<Dictionary<string, long>> ReadVersionsAsync(IReadOnlyCollection<string> streams)
    {
        lock (_lock)
            return new(streams.ToDictionary(s => s, VersionOf, StringComparer.Ordinal));
    }

    private protected override Task<IReadOnlyList<StoredEvent>> ReadStreamPageAsync(string stream, long afterVersion, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            IReadOnlyList<StoredEvent> page = _streams.TryGetValue(stream, out var all)
                ? all.GetRange((int)Math.Clamp(afterVersion, 0, all.Count), (int)Math.Clamp(all.Count - Math.Max(0, afterVersion), 0, limit))
                : [];
            return Task.FromResult(page);
        }
    }

    private protected override Task<Row?> FindRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_rows[table.Name].Find(key));
    }

    private protected override Task<IReadOnlyList<Row>> FindRowsAsync(TableQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<Row>>(_rows[query.Table.Name].Find(query));
    }

    private protected override Task RebuildTablesAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        lock (_lock)
            _rows = Rebuilt(project, cancellationToken);
        return Task.CompletedTask;
    }

    private protected override Task<List<RowDifference>> CompareTablesAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var rebuilt = Rebuilt(project, cancellationToken);
            return Task.FromResult(_rows.Values.SelectMany(t => t.Differences(rebuilt[t.Table.Name]).Take(limit)).ToList());
        }
    }

    private protected override ValueTask CloseAsync() => ValueTask.CompletedTask;

    private static void ApplyRows(Dictionary<string, VolatileTable> tables, RowMerge rows)
    {
        var changed = new List<(VolatileTable Table, Value[] Key, Value[]? Columns)>();
        try
        {
            foreach (var merged in rows.Tables)
            {
                var table = tables[merged.Table.Name];
                foreach (var row in merged.Rows)
                    changed.Add((table, row.Key, table.Changed(row)));
            }
        }
        catch (OverflowException e)
        {
            throw new RefusedBatchException("A sum leaves the range of its column.", e);
        }

        foreach (var (table, key, columns) in changed)
            table.Put(key, columns);
    }

    /// <summary>The tables as the log gives them; those beside the log as they are.</summary>
    private Dictionary<string, VolatileTable> Rebuilt(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        var rebuilt = _rows.Values.ToDictionary(t => t.Table.Name, t => t.Table.BesideLog ? t : new VolatileTable(t.Table), StringComparer.Ordinal);
        foreach (var page in _log.Chunk(EventsPerPage))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ApplyRows(rebuilt, Project(page, project));
        }

        return rebuilt;
    }

    private long VersionOf(string stream) => _streams.TryGetValue(stream, out var events) ? events.Count : 0;
}
