using System.Text;

namespace Crowd.Journal;

/// <summary>The SQL of tables, shared by the stores; what differs between them is in the dialect.</summary>
internal abstract class TableSql
{
    /// <summary>What the names of read models begin with while they are built a second time.</summary>
    public const string ShadowPrefix = "shadow_";

    /// <summary>What follows the closing parenthesis of a created table.</summary>
    protected abstract string TableOptions { get; }

    public static string Quote(string name) => $"\"{name}\"";

    public static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(c => Quote(c.Name)));

    /// <summary>True when both tables have the same name, columns and defaults: what statements are made from.</summary>
    public static bool SameShape(Table a, Table b) =>
        ReferenceEquals(a, b) || (a.Name == b.Name && a.Key.SequenceEqual(b.Key) && a.Columns.SequenceEqual(b.Columns));

    public string Create(Table table, string prefix, bool temporary)
    {
        var columns = table.Key.Select(c => $"{Quote(c.Name)} {TypeOf(c.Kind)} not null")
            .Concat(table.Columns.Select(Declare));
        return $"create {(temporary ? "temporary " : "")}table if not exists {Quote(prefix + table.Name)} "
            + $"({string.Join(", ", columns)}, primary key ({Names(table.Key)})){TableOptions}";
    }

    /// <summary>The declaration of a column that is not part of the key.</summary>
    public string Declare(Column column) => $"{Quote(column.Name)} {TypeOf(column.Kind)}{(column.Default.IsNull ? "" : $" not null default {Literal(column.Default)}")}";

    /// <summary>Indexes end with the key, so that a read by the index comes in the order of the key.</summary>
    public static IEnumerable<string> CreateIndexes(Table table)
    {
        foreach (var index in table.Indexes)
        {
            var columns = index.Columns.Concat(table.Key.Select(c => c.Name)).Distinct(StringComparer.Ordinal).Select(Quote);
            yield return $"create index if not exists {Quote($"{table.Name}_by_{string.Join('_', index.Columns)}")} on {Quote(table.Name)} ({string.Join(", ", columns)})";
        }
    }

    /// <summary>What the table looks like, to see when it has changed.</summary>
    public string Definition(Table table) => string.Join('\n', CreateIndexes(table).Prepend(Create(table, "", temporary: false)));

    /// <summary>Key and columns of the rows that the query selects. Parameters: values of the conditions, then the key to start after, then the limit.</summary>
    public string Select(TableQuery query)
    {
        var table = query.Table;
        var sql = new StringBuilder($"select {Names(table.Key.Concat(table.Columns))} from {Quote(table.Name)}");
        var parameter = 0;
        var joint = " where ";
        foreach (var (column, value) in query.Where)
        {
            sql.Append(joint).Append(Quote(column)).Append(value.IsNull ? " is null" : $" = {Parameter(++parameter)}");
            joint = " and ";
        }

        if (query.After is not null)
            sql.Append(joint).Append($"({Names(table.Key)}) > ({string.Join(", ", table.Key.Select(_ => Parameter(++parameter)))})");
        return sql.Append($" order by {Names(table.Key)} limit {Parameter(++parameter)}").ToString();
    }

    public string SelectOne(Table table)
    {
        var parameter = 0;
        return $"select {Names(table.Columns.Count == 0 ? table.Key : table.Columns)} from {Quote(table.Name)} where {KeyEquals(table, _ => Parameter(++parameter))}";
    }

    public static string KeyEquals(Table table, Func<Column, string> value) => string.Join(" and ", table.Key.Select(c => $"{Quote(c.Name)} = {value(c)}"));

    /// <summary>
    /// Inserts rows or, where the key is taken, changes them. <paramref name="value"/> names a value by its number, <paramref name="source"/>
    /// turns the values of a row into what follows the list of columns.
    /// </summary>
    public string Upsert(Table table, string prefix, RowShape shape, Func<int, string> value, Func<string[], string> source)
    {
        var changed = shape.Columns.Select(c => (Column: table.Columns[c.Column], c.Kind)).ToList();
        var parameter = 0;
        // A new row starts from the default, so the default is part of what is inserted and must not be added twice to a row that exists.
        var values = table.Key.Select(_ => value(++parameter))
            .Concat(changed.Select(c => c.Kind == ChangeKind.Add && StartsFromDefault(c.Column) ? $"{value(++parameter)} + {Literal(c.Column.Default)}" : value(++parameter)));
        var updates = changed.Select(c => $"{Quote(c.Column.Name)} = {Updated(c.Column, c.Kind)}").ToList();
        return $"insert into {Quote(prefix + table.Name)} as t ({Names(table.Key.Concat(changed.Select(c => c.Column)))}) {source([.. values])} "
            + $"on conflict ({Names(table.Key)}) do {(updates.Count == 0 ? "nothing" : $"update set {string.Join(", ", updates)}")}";
    }

    /// <summary>The rows that differ between a table and its shadow: of either side the key (null where there is no such row) and the columns.</summary>
    public static string Differences(Table table, int limit)
    {
        var columns = table.Key.Concat(table.Columns).Select(c => Quote(c.Name)).ToList();
        var first = columns[0];
        var differ = table.Columns.Select(c => $" or l.{Quote(c.Name)} is distinct from s.{Quote(c.Name)}");
        return $"select {string.Join(", ", columns.Select(c => $"l.{c}").Concat(columns.Select(c => $"s.{c}")))} "
            + $"from {Quote(table.Name)} l full join {Quote(ShadowPrefix + table.Name)} s on {string.Join(" and ", table.Key.Select(c => $"l.{Quote(c.Name)} = s.{Quote(c.Name)}"))} "
            + $"where l.{first} is null or s.{first} is null{string.Concat(differ)} limit {limit}";
    }

    public abstract string Parameter(int number);

    public abstract string TypeOf(ColumnKind kind);

    public abstract string Literal(Value value);

    private static bool StartsFromDefault(Column column) => !column.Default.IsNull && column.Default != 0L && column.Default != 0.0;

    private string Updated(Column column, ChangeKind kind)
    {
        var name = Quote(column.Name);
        if (kind == ChangeKind.Set)
            return $"excluded.{name}";
        if (column.Default.IsNull)
            return $"coalesce(t.{name}, 0) + excluded.{name}";
        return StartsFromDefault(column) ? $"t.{name} + (excluded.{name} - {Literal(column.Default)})" : $"t.{name} + excluded.{name}";
    }
}
