using System.Data;
using Npgsql;

namespace Crowd.Journal.Postgres;

internal sealed partial class PostgresJournal
{
    private protected override async Task RebuildTablesAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        await TransactAsync(
            async connection =>
            {
                var tables = ReadModels;
                await BuildShadowAsync(connection, tables, temporary: false, project, cancellationToken);
                foreach (var table in tables)
                {
                    // Readers see the old table up to the commit: it is replaced at the end, not emptied at the start.
                    var name = TableSql.Quote(table.Name);
                    await ExecuteAsync(connection, $"drop table {name}", cancellationToken);
                    await ExecuteAsync(connection, $"alter table {TableSql.Quote(TableSql.ShadowPrefix + table.Name)} rename to {name}", cancellationToken);
                    foreach (var index in TableSql.CreateIndexes(table))
                        await ExecuteAsync(connection, index, cancellationToken);
                }

                await ExecuteAsync(connection, "update read_models set built = true", cancellationToken);
                return true;
            },
            cancellationToken);
        RebuildNeeded = false;
    }

    private protected override async Task<List<RowDifference>> CompareTablesAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = _writes.CreateConnection();
            await connection.OpenAsync(cancellationToken);
            // One snapshot for the log and the live tables; the temporary tables go with the connection, which is not pooled.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var tables = ReadModels;
            await BuildShadowAsync(connection, tables, temporary: true, project, cancellationToken);
            await ExecuteAsync(connection, "reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin", cancellationToken);
            var differences = new List<RowDifference>();
            foreach (var table in tables)
            {
                differences.AddRange(await ReadAsync(
                    connection, TableSql.Differences(table, limit), [], r => new RowDifference(table, ReadSide(r, table, 0), ReadSide(r, table, table.Key.Count + table.Columns.Count)), cancellationToken));
            }

            return differences;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalUnavailableException(e.Message, e);
        }
    }

    private static Row? ReadSide(NpgsqlDataReader reader, Table table, int first)
    {
        var key = ReadValues(reader, table.Key, first);
        return key[0].IsNull ? null : new Row(key, ReadValues(reader, table.Columns, first + key.Length));
    }

    /// <summary>Fills tables with the shadow prefix from the log, a page of events at a time.</summary>
    private async Task BuildShadowAsync(
        NpgsqlConnection connection, List<Table> tables, bool temporary, Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
            await ExecuteAsync(connection, PostgresDialect.Instance.Create(table, TableSql.ShadowPrefix, temporary), cancellationToken);
        for (long position = 0; ;)
        {
            var page = await ReadAsync(connection, SelectLog, [Integer(position), Integer(EventsPerPage)], ReadEvent, cancellationToken);
            if (page.Count == 0)
                return;
            await using var commands = new NpgsqlBatch(connection);
            foreach (var command in RowCommands.Of(Project(page, project), TableSql.ShadowPrefix))
                commands.BatchCommands.Add(command);
            if (commands.BatchCommands.Count > 0)
                await commands.ExecuteNonQueryAsync(cancellationToken);
            position = page[^1].Position;
        }
    }
}
