using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Crowd.Journal;

/// <summary>The named limits of tables.</summary>
public static class TableLimits
{
    /// <summary>Most columns of a table beside its key.</summary>
    public const int Columns = 64;

    /// <summary>Most characters of the name of a table or a column.</summary>
    public const int NameLength = 48;

    /// <summary>Most rows that one page of a scan or one <see cref="TableQuery"/> holds.</summary>
    public const int RowsPerRead = 100_000;
}

/// <summary>Refuses tables and row changes that some store could not hold, before anything is written.</summary>
internal static partial class TableRules
{
    /// <summary>Names that the log uses itself.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(["events", "snapshots", "checkpoints", "read_models"], StringComparer.Ordinal);

    /// <summary>Looks at names, kinds and defaults.</summary>
    /// <exception cref="ArgumentException">The table cannot be created on every store.</exception>
    public static void Check(Table table)
    {
        CheckName(table.Name);
        if (Reserved.Contains(table.Name) || table.Name.StartsWith(TableSql.ShadowPrefix, StringComparison.Ordinal))
            throw new ArgumentException($"The name {table.Name} belongs to the log.", nameof(table));
        if (table.Key.Count == 0)
            throw new ArgumentException($"Table {table.Name} has no key.", nameof(table));
        if (table.Columns.Count > TableLimits.Columns)
            throw new ArgumentException($"Table {table.Name} has more than {TableLimits.Columns} columns.", nameof(table));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in table.Key.Concat(table.Columns))
        {
            CheckName(column.Name);
            if (!names.Add(column.Name))
                throw new ArgumentException($"Table {table.Name} has two columns {column.Name}.", nameof(table));
            if (!column.Default.IsNull)
                CheckValue(table, column, column.Default);
        }

        foreach (var missing in table.Indexes.SelectMany(i => i.Columns).Where(c => !names.Contains(c)))
            throw new ArgumentException($"An index of table {table.Name} names {missing}, which it does not have.", nameof(table));
    }

    /// <summary>Looks at key, columns and kinds of values.</summary>
    /// <exception cref="ArgumentException">The change does not fit the table.</exception>
    public static void Check(RowChange change)
    {
        var table = change.Table;
        CheckKey(table, change.KeyValues);
        if (change.ColumnChanges is not { } columns)
            return;
        var previous = -1;
        foreach (ref readonly var change1 in columns.AsSpan())
        {
            if (change1.Column <= previous || change1.Column >= table.Columns.Count)
                throw new ArgumentException($"Column {change1.Column} of table {table.Name} does not exist or is changed twice.", nameof(change));
            previous = change1.Column;
            var column = table.Columns[change1.Column];
            if (change1.Kind == ChangeKind.Add && (column.Kind is not (ColumnKind.Integer or ColumnKind.Real) || change1.Value.IsNull))
                throw new ArgumentException($"Nothing can be added to column {column.Name} of table {table.Name}, or null was.", nameof(change));
            if (!change1.Value.IsNull)
                CheckValue(table, column, change1.Value);
            else if (!column.Default.IsNull)
                throw new ArgumentException($"Column {column.Name} of table {table.Name} has a default and cannot be null.", nameof(change));
        }
    }

    /// <summary>Looks at a whole key.</summary>
    /// <exception cref="ArgumentException">The values are not a key of the table.</exception>
    public static void CheckKey(Table table, IReadOnlyList<Value> key)
    {
        if (key.Count != table.Key.Count)
            throw new ArgumentException($"Table {table.Name} has a key of {table.Key.Count} columns, not {key.Count}.", nameof(key));
        for (var i = 0; i < key.Count; i++)
        {
            if (key[i].IsNull)
                throw new ArgumentException($"Column {table.Key[i].Name} of the key of table {table.Name} is null.", nameof(key));
            CheckValue(table, table.Key[i], key[i]);
        }
    }

    /// <summary>True for text that every store can hold: well-formed, without U+0000.</summary>
    public static bool IsStorable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            return false;
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return true;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[used..];
        }

        return true;
    }

    private static void CheckValue(Table table, Column column, Value value)
    {
        var fits = column.Kind switch
        {
            ColumnKind.Text => value.Kind == ValueKind.Text && IsStorable(value.Text),
            ColumnKind.Integer => value.Kind == ValueKind.Integer,
            ColumnKind.Real => value.Kind == ValueKind.Integer || (value.Kind == ValueKind.Real && !double.IsNaN(value.Real)),
            _ => value.Kind == ValueKind.Bytes,
        };
        if (!fits)
            throw new ArgumentException($"Column {column.Name} of table {table.Name} holds {column.Kind} and cannot hold this {value.Kind}.", nameof(value));
    }

    private static void CheckName(string name)
    {
        if (name.Length > TableLimits.NameLength || !NamePattern().IsMatch(name))
            throw new ArgumentException($"'{name}' is not a name of lower case letters, digits and underscores.", nameof(name));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
