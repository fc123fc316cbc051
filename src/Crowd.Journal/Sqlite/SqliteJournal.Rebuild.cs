namespace Crowd.Journal.Sqlite;

internal sealed partial class SqliteJournal
{
    private protected override async Task RebuildTablesAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        await _thread.RunAsync(() => Write(session =>
        {
            var tables = ReadModels;
            BuildShadow(session, tables, temporary: false, project, cancellationToken);
            foreach (var table in tables)
            {
                var name = TableSql.Quote(table.Name);
                session.Execute($"drop table {name}");
                session.Execute($"alter table {TableSql.Quote(TableSql.ShadowPrefix + table.Name)} rename to {name}");
                foreach (var index in TableSql.CreateIndexes(table))
                    session.Execute(index);
            }

            session.Execute("update read_models set built = 1");
            return true;
        }));
        RebuildNeeded = false;
    }

    private protected override Task<List<RowDifference>> CompareTablesAsync(
        Func<StoredEvent, IReadOnlyList<RowChange>> project, int limit, CancellationToken cancellationToken) =>
        // A thread of its own: the work is long and never waits.
        Task.Factory.StartNew(
            () =>
            {
                using var session = new SqliteSession(_file);
                session.Execute("pragma temp_store = file");
                session.Execute("begin");
                var tables = ReadModels;
                BuildShadow(session, tables, temporary: true, project, cancellationToken);
                return tables.SelectMany(table => Differences(session, table, limit)).ToList();
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private static List<RowDifference> Differences(SqliteSession session, Table table, int limit)
    {
        var differences = new List<RowDifference>();
        var select = session.Prepare(TableSql.Differences(table, limit));
        while (select.Step())
            differences.Add(new RowDifference(table, ReadSide(0), ReadSide(table.Key.Count + table.Columns.Count)));
        select.Reset();
        return differences;

        Row? ReadSide(int first)
        {
            var key = ReadValues(select, table.Key, first);
            return key[0].IsNull ? null : new Row(key, ReadValues(select, table.Columns, first + key.Length));
        }
    }

    /// <summary>Fills tables with the shadow prefix from the log, a page of events at a time.</summary>
    private void BuildShadow(
        SqliteSession session, List<Table> tables, bool temporary, Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
            session.Execute(SqliteDialect.Instance.Create(table, TableSql.ShadowPrefix, temporary));
        for (long position = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = ReadLog(session, position, EventsPerPage);
            if (page.Count == 0)
                return;
            foreach (var statement in RowStatements.Of(Project(page, project)))
                statement.Run(session, TableSql.ShadowPrefix);
            position = page[^1].Position;
        }
    }
}
