using Npgsql;
using NpgsqlTypes;

namespace Crowd.Journal.Postgres;

internal sealed partial class PostgresJournal
{
    private const string EventColumns = "select position, stream, version, type, at, actor, data from events";
    private const string SelectLog = $"{EventColumns} where position > $1 order by position limit $2";

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await ReadAsync(SelectLog, [Integer(afterPosition), Integer(limit)], ReadEvent, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<long> LastPositionAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(SelectLast, [], r => r.GetInt64(0), cancellationToken))[0];

    /// <inheritdoc/>
    public override async Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken) =>
        (await ReadAsync("select version, data from snapshots where stream = $1", [Text(stream)], r => new Snapshot(stream, r.GetInt64(0), r.GetFieldValue<byte[]>(1)), cancellationToken))
        .FirstOrDefault();

    /// <inheritdoc/>
    public override async Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken) =>
        (await ReadAsync("select position from checkpoints where follower = $1", [Text(follower)], r => r.GetInt64(0), cancellationToken)).FirstOrDefault();

    private protected override async Task<IReadOnlyList<StoredEvent>> ReadStreamPageAsync(string stream, long afterVersion, int limit, CancellationToken cancellationToken) =>
        await ReadAsync($"{EventColumns} where stream = $1 and version > $2 order by version limit $3", [Text(stream), Integer(afterVersion), Integer(limit)], ReadEvent, cancellationToken);

    private protected override async Task<Row?> FindRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken)
    {
        var parameters = key.Select((value, i) => Parameter(table.Key[i], value)).ToArray();
        return (await ReadAsync(PostgresDialect.Instance.SelectOne(table), parameters, r => new Row([.. key], ReadValues(r, table.Columns, 0)), cancellationToken)).FirstOrDefault();
    }

    private protected override async Task<IReadOnlyList<Row>> FindRowsAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var table = query.Table;
        var parameters = query.Where.Where(w => !w.Value.IsNull).Select(w => Parameter(table.Find(w.Column), w.Value)).ToList();
        if (query.After is not null)
            parameters.AddRange(query.After.Select((value, i) => Parameter(table.Key[i], value)));
        parameters.Add(Integer(query.Limit));
        return await ReadAsync(
            PostgresDialect.Instance.Select(query), [.. parameters], r => new Row(ReadValues(r, table.Key, 0), ReadValues(r, table.Columns, table.Key.Count)), cancellationToken);
    }

    private async Task<List<T>> ReadAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        // Connections of the pool may be dead since the server restarted: a second try gets a new one.
        for (var last = false; ; last = true)
        {
            try
            {
                await using var connection = await _reads.OpenConnectionAsync(cancellationToken);
                return await ReadAsync(connection, sql, parameters, read, cancellationToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                if (last || e.IsUndone())
                    throw new JournalUnavailableException(e.Message, e);
                _reads.Clear();
            }
        }
    }

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter.Clone());
        var results = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            results.Add(read(reader));
        return results;
    }

    private static StoredEvent ReadEvent(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), Instants.FromMicroseconds(reader.GetInt64(4)), reader.GetString(5),
        reader.GetFieldValue<byte[]>(6));

    private static Value[] ReadValues(NpgsqlDataReader reader, IReadOnlyList<Column> columns, int first)
    {
        var values = new Value[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!reader.IsDBNull(first + i))
                values[i] = ReadValue(reader, first + i, columns[i].Kind);
        }

        return values;
    }

    private static Value ReadValue(NpgsqlDataReader reader, int place, ColumnKind kind) => kind switch
    {
        ColumnKind.Text => reader.GetString(place),
        ColumnKind.Integer => reader.GetInt64(place),
        ColumnKind.Real => reader.GetDouble(place),
        _ => reader.GetFieldValue<byte[]>(place),
    };

    private static NpgsqlParameter Parameter(Column column, Value value) => column.Kind switch
    {
        ColumnKind.Text => Text(value.Text),
        ColumnKind.Integer => Integer(value.Integer),
        ColumnKind.Real => new NpgsqlParameter<double> { TypedValue = value.AsReal(), NpgsqlDbType = NpgsqlDbType.Double },
        _ => new NpgsqlParameter<byte[]> { TypedValue = value.Bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
    };

    private static NpgsqlParameter Text(string text) => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Integer(long integer) => new NpgsqlParameter<long> { TypedValue = integer, NpgsqlDbType = NpgsqlDbType.Bigint };
}
