namespace Crowd.Journal.Sqlite;

/// <summary>Rows of one table that the same statement writes. Columns: null for a delete.</summary>
internal sealed class RowStatements
{
    private readonly Table _table;
    private readonly RowShape? _shape;
    private readonly IReadOnlyList<MergedRow> _rows;

    private RowStatements(Table table, RowShape? shape, IReadOnlyList<MergedRow> rows) => (_table, _shape, _rows) = (table, shape, rows);

    /// <summary>The statements that carry out the changes. Their order does not matter: no two touch one row.</summary>
    public static List<RowStatements> Of(RowMerge changes)
    {
        var statements = new List<RowStatements>();
        foreach (var table in changes.Tables)
        {
            var puts = table.Puts();
            statements.AddRange(puts.Select(put => new RowStatements(table.Table, put.Key, put.Value)));
            if (puts.Values.Sum(rows => rows.Count) < table.Rows.Count)
                statements.Add(new RowStatements(table.Table, null, [.. table.Rows.Where(r => r.Columns is null)]));
        }

        return statements;
    }

    public void Run(SqliteSession session, string prefix)
    {
        var statement = session.Prepare(Sql(prefix));
        var keys = _table.Key.ToArray();
        var columns = _table.Columns.ToArray();
        foreach (var row in _rows)
        {
            var parameter = 0;
            for (var i = 0; i < keys.Length; i++)
                statement.Bind(++parameter, keys[i], row.Key[i]);
            foreach (ref readonly var change in row.Columns.AsSpan())
                statement.Bind(++parameter, columns[change.Column], change.Value);
            statement.Run();
        }
    }

    private string Sql(string prefix)
    {
        var dialect = SqliteDialect.Instance;
        if (_shape is { } shape)
            return dialect.Upsert(_table, prefix, shape, dialect.Parameter, values => $"values ({string.Join(", ", values)})");
        var parameter = 0;
        return $"delete from {TableSql.Quote(prefix + _table.Name)} where {TableSql.KeyEquals(_table, _ => dialect.Parameter(++parameter))}";
    }
}
