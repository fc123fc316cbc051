namespace Crowd.Journal;

/// <summary>A table as the store knows it: its columns by name, the statements that made it, and whether it holds what the log says.</summary>
internal sealed record KnownTable(string Name, string Columns, string Definition, bool Built);

/// <summary>What has to be done so that the store has the given tables.</summary>
internal sealed class ReadModelPlan
{
    public ReadModelPlan(TableSql dialect, IReadOnlyList<Table> tables, IReadOnlyDictionary<string, KnownTable> known, bool logIsEmpty)
    {
        foreach (var table in tables)
        {
            var wanted = new KnownTable(table.Name, ColumnsOf(table), dialect.Definition(table), logIsEmpty || table.BesideLog);
            if (!known.TryGetValue(table.Name, out var present))
                Statements.AddRange([dialect.Create(table, "", temporary: false), .. TableSql.CreateIndexes(table)]);
            else if (present.Definition == wanted.Definition)
                wanted = present;
            else if (table.BesideLog)
                Statements.AddRange(Widen(dialect, table, present));
            else
                Statements.AddRange([$"drop table if exists {TableSql.Quote(table.Name)}", dialect.Create(table, "", temporary: false), .. TableSql.CreateIndexes(table)]);
            Tables.Add(wanted);
        }
    }

    /// <summary>The statements to run, in order.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>What is known of the tables afterwards.</summary>
    public List<KnownTable> Tables { get; } = [];

    public bool RebuildNeeded => Tables.Exists(t => !t.Built);

    private static string ColumnsOf(Table table) => string.Join(',', table.Key.Concat(table.Columns).Select(c => c.Name));

    private static IEnumerable<string> Widen(TableSql dialect, Table table, KnownTable present)
    {
        var columns = present.Columns.Split(',');
        if (columns.Except(table.Key.Concat(table.Columns).Select(c => c.Name), StringComparer.Ordinal).Any() || table.Key.Any(c => !columns.Contains(c.Name, StringComparer.Ordinal)))
            throw new ArgumentException($"Table {table.Name} lies beside the log: it may gain columns, not lose or rename any.", nameof(table));
        foreach (var column in table.Columns.Where(c => !columns.Contains(c.Name, StringComparer.Ordinal)))
            yield return $"alter table {TableSql.Quote(table.Name)} add column {dialect.Declare(column)}";
        foreach (var index in TableSql.CreateIndexes(table))
            yield return index;
    }
}
