namespace Crowd.Journal;

/// <summary>How a column of a row changes.</summary>
public enum ChangeKind
{
    /// <summary>The column gets the value.</summary>
    Set,

    /// <summary>The number is added to what the column holds; a new row starts from the column's default, else 0.</summary>
    Add,
}

/// <summary>The change of one column, by its index in <see cref="Table.Columns"/>.</summary>
public readonly record struct ColumnChange(int Column, ChangeKind Kind, Value Value);

/// <summary>
/// The change of one row, found by its key: insert it if it is not there, then change the named columns; or delete it.
/// A store may merge the changes of one row within a transaction; the result is as if they were applied in order.
/// </summary>
public sealed class RowChange
{
    private RowChange(Table table, Value[] key, ColumnChange[]? columns) => (Table, KeyValues, ColumnChanges) = (table, key, columns);

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>Values of the key, in the order of <see cref="Journal.Table.Key"/>.</summary>
    public IReadOnlyList<Value> Key => KeyValues;

    /// <summary>The changed columns, ascending by index, each at most once; null deletes the row.</summary>
    public IReadOnlyList<ColumnChange>? Columns => ColumnChanges;

    /// <summary>The key for stores, which read it without an interface in between.</summary>
    internal Value[] KeyValues { get; }

    /// <inheritdoc cref="KeyValues"/>
    internal ColumnChange[]? ColumnChanges { get; }

    /// <summary>Inserts the row if needed and changes the columns. Column changes are given as made by <see cref="TableColumns"/>.</summary>
    public static RowChange Put(Table table, Value[] key, params ColumnChange[] columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        if (key.Length != table.Key.Count)
            throw new ArgumentException($"Table {table.Name} has a key of {table.Key.Count} columns, not {key.Length}.", nameof(key));
        Array.Sort(columns, static (a, b) => a.Column.CompareTo(b.Column));
        return new RowChange(table, key, columns);
    }

    /// <summary>Deletes the row if it is there.</summary>
    public static RowChange Delete(Table table, params Value[] key) => new(table, key, null);
}

/// <summary>Makes column changes by name once, so that projections name columns and pay for indexes.</summary>
public static class TableColumns
{
    /// <summary>The index of the named column in <see cref="Table.Columns"/>. Throws when there is none.</summary>
    public static int IndexOf(this Table table, string column)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == column)
                return i;
        }

        throw new ArgumentException($"Table {table.Name} has no column {column}.", nameof(column));
    }

    /// <summary>The named column, of the key or not. Throws when there is none.</summary>
    internal static Column Find(this Table table, string column) =>
        table.Key.FirstOrDefault(c => c.Name == column) ?? table.Columns[table.IndexOf(column)];

    /// <summary>The column gets the value.</summary>
    public static ColumnChange Set(this int column, Value value) => new(column, ChangeKind.Set, value);

    /// <summary>The number is added to the column.</summary>
    public static ColumnChange Add(this int column, long value) => new(column, ChangeKind.Add, value);
}
