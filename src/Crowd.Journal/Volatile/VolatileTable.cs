namespace Crowd.Journal;

/// <summary>Rows in memory, in the order of their keys.</summary>
internal sealed class VolatileTable(Table table)
{
    private readonly Dictionary<Value[], Value[]> _rows = new(RowKey.Comparer);
    private readonly SortedSet<Value[]> _keys = new(RowKey.Comparer);

    public Table Table => table;

    public IEnumerable<Row> Rows => _keys.Select(key => new Row(key, _rows[key]));

    public Row? Find(IReadOnlyList<Value> key)
    {
        var found = key as Value[] ?? [.. key];
        return _rows.TryGetValue(found, out var columns) ? new Row(found, columns) : null;
    }

    public List<Row> Find(TableQuery query)
    {
        var conditions = query.Where.Select(w => (Place: PlaceOf(w.Column), w.Value)).ToList();
        var after = query.After?.ToArray();
        var keys = after is null ? _keys : _keys.Count > 0 && RowKey.Comparer.Compare(after, _keys.Max) < 0 ? _keys.GetViewBetween(after, _keys.Max) : [];
        var found = new List<Row>();
        foreach (var key in keys)
        {
            var columns = _rows[key];
            if ((after is not null && RowKey.Comparer.Equals(key, after)) || !conditions.TrueForAll(c => (c.Place < key.Length ? key[c.Place] : columns[c.Place - key.Length]) == c.Value))
                continue;
            found.Add(new Row(key, columns));
            if (found.Count == query.Limit)
                break;
        }

        return found;
    }

    /// <summary>What the row will hold; null when it is deleted. Nothing is changed yet, because a later row may still be refused.</summary>
    /// <exception cref="OverflowException">A sum leaves the range of its column.</exception>
    public Value[]? Changed(MergedRow row)
    {
        if (row.Columns is null)
            return null;
        var columns = _rows.TryGetValue(row.Key, out var stored) ? stored.ToArray() : [.. table.Columns.Select(c => Stored(c, c.Default))];
        foreach (var change in row.Columns)
        {
            var column = table.Columns[change.Column];
            columns[change.Column] = Stored(column, change.Kind == ChangeKind.Set ? change.Value : Sums.Add(column, Sums.Start(column, columns[change.Column]), change.Value));
        }

        return columns;
    }

    public void Put(Value[] key, Value[]? columns)
    {
        if (columns is null)
        {
            _rows.Remove(key);
            _keys.Remove(key);
            return;
        }

        if (!_rows.ContainsKey(key))
            _keys.Add(key);
        _rows[key] = columns;
    }

    public IEnumerable<RowDifference> Differences(VolatileTable rebuilt)
    {
        foreach (var row in Rows)
        {
            var other = rebuilt.Find(row.Key);
            if (other is null || !RowKey.Comparer.Equals((Value[])row.Columns, (Value[])other.Columns))
                yield return new RowDifference(table, row, other);
        }

        foreach (var row in rebuilt.Rows.Where(r => Find(r.Key) is null))
            yield return new RowDifference(table, null, row);
    }

    /// <summary>A real column holds real numbers, however they were given.</summary>
    private static Value Stored(Column column, Value value) => column.Kind == ColumnKind.Real && !value.IsNull ? value.AsReal() : value;

    private int PlaceOf(string column)
    {
        for (var i = 0; i < table.Key.Count; i++)
        {
            if (table.Key[i].Name == column)
                return i;
        }

        return table.Key.Count + table.IndexOf(column);
    }
}
