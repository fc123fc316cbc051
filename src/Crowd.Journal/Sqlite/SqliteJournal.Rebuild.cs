namespace Crowd.Journal.Sqlite;

internal sealed partial class SqliteJournal
{
    private protected override async Task RebuildTablesAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken)
    {
        await _thread.RunAsync(() => Write(session =>
        {
            var tables = Tables.Values.Where(t => !t.BesideLog).ToList();
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
