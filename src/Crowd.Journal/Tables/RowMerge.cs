using System.Numerics;

namespace Crowd.Journal;

/// <summary>Which columns a row change sets and which it adds to: one bit a column.</summary>
internal readonly record struct RowShape(ulong Set, ulong Add)
{
    public static RowShape Of(ReadOnlySpan<ColumnChange> columns)
    {
        ulong set = 0, add = 0;
        foreach (ref readonly var column in columns)
        {
            if (column.Kind == ChangeKind.Set)
                set |= 1UL << column.Column;
            else
                add |= 1UL << column.Column;
        }

        return new RowShape(set, add);
    }

    /// <summary>How many columns change.</summary>
    public int Count => BitOperations.PopCount(Set | Add);

    /// <summary>The changed columns, ascending by index.</summary>
    public IEnumerable<(int Column, ChangeKind Kind)> Columns
    {
        get
        {
            for (var column = 0; column < TableLimits.Columns; column++)
            {
                if (((Set >> column) & 1) != 0)
                    yield return (column, ChangeKind.Set);
                else if (((Add >> column) & 1) != 0)
                    yield return (column, ChangeKind.Add);
            }
        }
    }
}

/// <summary>What a transaction does to one row. No columns: the row is deleted.</summary>
internal readonly record struct MergedRow(Value[] Key, ColumnChange[]? Columns);

/// <summary>The row changes of a transaction, at most one for each row, so that a store can write them in any order.</summary>
internal sealed class RowMerge
{
    private readonly Dictionary<string, MergedTable> _tables = new(StringComparer.Ordinal);
    private MergedTable? _last;

    public IReadOnlyCollection<MergedTable> Tables => _tables.Values;

    /// <summary>Adds a change that comes after those that were given before.</summary>
    /// <exception cref="OverflowException">A sum leaves the range of its column. The merge is of no use any more.</exception>
    public void Apply(RowChange change)
    {
        if (!ReferenceEquals(_last?.Table, change.Table))
        {
            if (!_tables.TryGetValue(change.Table.Name, out _last))
                _tables.Add(change.Table.Name, _last = new MergedTable(change.Table));
        }

        _last.Apply(change);
    }
}

/// <summary>The merged row changes of one table.</summary>
internal sealed class MergedTable(Table table)
{
    /// <summary>Rows of one statement from which on their order is worth sorting for.</summary>
    private const int SortedFrom = 256;

    private readonly Dictionary<Value[], int> _index = new(RowKey.Comparer);
    private readonly List<MergedRow> _rows = [];

    public Table Table => table;

    public IReadOnlyList<MergedRow> Rows => _rows;

    public void Apply(RowChange change)
    {
        var next = new MergedRow(change.KeyValues, change.ColumnChanges);
        if (_index.TryAdd(change.KeyValues, _rows.Count))
        {
            _rows.Add(next);
            return;
        }

        var place = _index[change.KeyValues];
        if (next.Columns is null)
            _rows[place] = next;
        else
            _rows[place] = next with { Columns = Merge(_rows[place].Columns ?? FreshRow(), next.Columns) };
    }

    /// <summary>
    /// The rows to put, by which columns they touch. Many rows are in the order of their keys, so that a store goes once through the pages of its
    /// index instead of to and fro: keys such as hashes come in no order.
    /// </summary>
    public Dictionary<RowShape, List<MergedRow>> Puts()
    {
        var puts = new Dictionary<RowShape, List<MergedRow>>();
        List<MergedRow>? rows = null;
        var last = new RowShape(ulong.MaxValue, ulong.MaxValue);
        foreach (var row in _rows)
        {
            if (row.Columns is null)
                continue;
            var shape = RowShape.Of(row.Columns);
            if (shape != last)
            {
                if (!puts.TryGetValue(shape, out rows))
                    puts.Add(shape, rows = []);
                last = shape;
            }

            rows!.Add(row);
        }

        foreach (var put in puts.Values)
        {
            if (put.Count >= SortedFrom)
                put.Sort(static (a, b) => RowKey.Comparer.Compare(a.Key, b.Key));
        }

        return puts;
    }

    /// <summary>A row that was deleted and comes back starts from the defaults, whatever is stored: every column is set.</summary>
    private ColumnChange[] FreshRow()
    {
        var columns = new ColumnChange[table.Columns.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = i.Set(table.Columns[i].Default);
        return columns;
    }

    private ColumnChange[] Merge(ColumnChange[] first, ColumnChange[] second)
    {
        var merged = new ColumnChange[RowShape.Of(first).Union(RowShape.Of(second))];
        int a = 0, b = 0;
        for (var i = 0; i < merged.Length; i++)
        {
            if (b == second.Length || (a < first.Length && first[a].Column < second[b].Column))
                merged[i] = first[a++];
            else if (a == first.Length || second[b].Column < first[a].Column)
                merged[i] = second[b++];
            else
                merged[i] = Merge(first[a++], second[b++]);
        }

        return merged;
    }

    private ColumnChange Merge(ColumnChange first, ColumnChange second)
    {
        if (second.Kind == ChangeKind.Set)
            return second;
        var column = table.Columns[second.Column];
        return first with { Value = Sums.Add(column, first.Kind == ChangeKind.Set ? Sums.Start(column, first.Value) : first.Value, second.Value) };
    }
}

/// <summary>What adding to a column means.</summary>
internal static class Sums
{
    /// <summary>What is added to: the stored number, else the column's default, else 0.</summary>
    public static Value Start(Column column, Value stored) =>
        !stored.IsNull ? stored : !column.Default.IsNull ? column.Default : 0L;

    /// <summary>The sum in the kind of the column.</summary>
    /// <exception cref="OverflowException">The sum of integers leaves 64 bits.</exception>
    public static Value Add(Column column, Value a, Value b) =>
        column.Kind == ColumnKind.Real ? (Value)(a.AsReal() + b.AsReal()) : (Value)checked(a.Integer + b.Integer);

    /// <summary>The number of a real column, which may be given as an integer. Negative zero is zero.</summary>
    public static double AsReal(this Value value) => value.Kind == ValueKind.Integer ? value.Integer : value.Real + 0.0;

    /// <summary>How many columns two shapes touch together.</summary>
    public static int Union(this RowShape first, RowShape second) => BitOperations.PopCount(first.Set | first.Add | second.Set | second.Add);
}
