namespace Crowd.Journal.Sqlite;

internal sealed partial class SqliteJournal
{
    private const string EventColumns = "select position, stream, version, type, at, actor, data from events";

    /// <inheritdoc/>
    public override Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Read(session => ReadLog(session, afterPosition, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<long> LastPositionAsync(CancellationToken cancellationToken) => Read(LastPosition, cancellationToken);

    /// <inheritdoc/>
    public override Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken) => Read(
        session =>
        {
            var select = session.Prepare("select version, data from snapshots where stream = ?1");
            select.Bind(1, stream);
            var snapshot = select.Step() ? new Snapshot(stream, select.Integer(0), select.Bytes(1)) : null;
            select.Reset();
            return snapshot;
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken) => Read(
        session =>
        {
            var select = session.Prepare("select position from checkpoints where follower = ?1");
            select.Bind(1, follower);
            var position = select.Step() ? select.Integer(0) : 0;
            select.Reset();
            return position;
        },
        cancellationToken);

    private protected override Task<IReadOnlyList<StoredEvent>> ReadStreamPageAsync(string stream, long afterVersion, int limit, CancellationToken cancellationToken) => Read(
        session =>
        {
            var select = session.Prepare($"{EventColumns} where stream = ?1 and version > ?2 order by version limit ?3");
            select.Bind(1, stream);
            select.Bind(2, afterVersion);
            select.Bind(3, limit);
            return ReadEvents(select);
        },
        cancellationToken);

    private protected override Task<Row?> FindRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken) => Read(
        session =>
        {
            var select = session.Prepare(SqliteDialect.Instance.SelectOne(table));
            for (var i = 0; i < key.Count; i++)
                select.Bind(i + 1, table.Key[i], key[i]);
            var row = select.Step() ? new Row([.. key], ReadValues(select, table.Columns, 0)) : null;
            select.Reset();
            return row;
        },
        cancellationToken);

    private protected override Task<IReadOnlyList<Row>> FindRowsAsync(TableQuery query, CancellationToken cancellationToken) => Read(
        session =>
        {
            var select = session.Prepare(SqliteDialect.Instance.Select(query));
            var parameter = 0;
            foreach (var (name, value) in query.Where.Where(w => !w.Value.IsNull))
                select.Bind(++parameter, query.Table.Find(name), value);
            for (var i = 0; i < query.After?.Count; i++)
                select.Bind(++parameter, query.Table.Key[i], query.After[i]);
            select.Bind(++parameter, query.Limit);
            var rows = new List<Row>();
            while (select.Step())
                rows.Add(new Row(ReadValues(select, query.Table.Key, 0), ReadValues(select, query.Table.Columns, query.Table.Key.Count)));
            select.Reset();
            return (IReadOnlyList<Row>)rows;
        },
        cancellationToken);

    private static IReadOnlyList<StoredEvent> ReadLog(SqliteSession session, long afterPosition, int limit)
    {
        var select = session.Prepare($"{EventColumns} where position > ?1 order by position limit ?2");
        select.Bind(1, afterPosition);
        select.Bind(2, limit);
        return ReadEvents(select);
    }

    private static IReadOnlyList<StoredEvent> ReadEvents(SqliteStatement select)
    {
        var events = new List<StoredEvent>();
        while (select.Step())
        {
            events.Add(new StoredEvent(
                select.Integer(0), select.Text(1), select.Integer(2), select.Text(3), Instants.FromMicroseconds(select.Integer(4)), select.Text(5), select.Bytes(6)));
        }

        select.Reset();
        return events;
    }

    private static Value[] ReadValues(SqliteStatement select, IReadOnlyList<Column> columns, int first)
    {
        var values = new Value[columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = select.Value(first + i, columns[i].Kind);
        return values;
    }

    /// <summary>Reads at once on a connection of the pool. A connection that failed is not used again.</summary>
    private Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        SqliteSession? session = null;
        try
        {
            if (!_readers.TryTake(out session))
            {
                session = new SqliteSession(_file);
                session.Execute("pragma query_only = on");
            }

            var result = read(session);
            if (_readers.Count < ReadersKept)
            {
                _readers.Add(session);
                session = null;
            }

            return Task.FromResult(result);
        }
        catch (SqliteStoreException e)
        {
            return Task.FromException<T>(new JournalUnavailableException(e.Message, e));
        }
        finally
        {
            session?.Dispose();
        }
    }
}
