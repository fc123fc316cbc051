using static Crowd.Journal.Tests.TestTables;

namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Random_changes_in_groups_end_as_if_applied_one_by_one(int seed)
    {
        var random = new Random(seed);
        var model = new RowModel();
        for (var round = 0; round < 8; round++)
        {
            // Not awaited one by one: they are committed in groups, whose changes are merged.
            var appends = Enumerable.Range(0, 30).Select(_ =>
            {
                var changes = Enumerable.Range(0, random.Next(1, 7)).Select(_ => RandomChange(random)).ToArray();
                model.Apply(changes);
                return WriteAsync(changes);
            }).ToList();
            await Task.WhenAll(appends);
            foreach (var table in (Table[])[Counts, Pairs])
            {
                var rows = (await ScanAsync(table)).ConvertAll(r => (Key: string.Join('|', r.Key), Columns: string.Join('|', r.Columns)));
                Assert.Equal(model.Rows(table), rows);
            }
        }
    }

    private static RowChange RandomChange(Random random)
    {
        if (random.Next(4) == 0)
        {
            Value[] key = [$"k{random.Next(2)}", (long)random.Next(-1, 2)];
            return random.Next(3) switch
            {
                0 => RowChange.Delete(Pairs, key),
                1 => RowChange.Put(Pairs, key, 0.Add(random.Next(5))),
                _ => RowChange.Put(Pairs, key, 0.Set(random.Next(2) == 0 ? null : (double?)random.Next(9)), 1.Add(1)),
            };
        }

        var id = $"k{random.Next(6)}";
        if (random.Next(5) == 0)
            return RowChange.Delete(Counts, id);
        var columns = new List<ColumnChange>();
        foreach (var column in (int[])[Plain, Zero, Ten, Share])
        {
            var amount = random.Next(-5, 6);
            if (random.Next(2) == 0)
                columns.Add(random.Next(2) == 0 ? column.Add(amount) : column == Plain && amount == 0 ? column.Set(default) : column.Set((long)amount));
        }

        if (random.Next(3) == 0)
            columns.Add(Label.Set($"label {random.Next(4)}"));
        if (random.Next(3) == 0)
            columns.Add(Note.Set(random.Next(2) == 0 ? null : "note"));
        if (random.Next(3) == 0)
            columns.Add(Blob.Set(random.Next(2) == 0 ? null : new[] { (byte)random.Next(256) }));
        return Count(id, [.. columns]);
    }

    /// <summary>Rows as the contract says, one change after the other and nothing merged.</summary>
    private sealed class RowModel
    {
        private readonly Dictionary<string, SortedDictionary<string, (Value[] Key, Value[] Columns)>> _tables = new(StringComparer.Ordinal);

        public void Apply(IEnumerable<RowChange> changes)
        {
            foreach (var change in changes)
            {
                var rows = _tables.TryGetValue(change.Table.Name, out var known) ? known : _tables[change.Table.Name] = new(StringComparer.Ordinal);
                // "-1" sorts before "0" and "1" as text too.
                var key = string.Join('|', change.Key);
                if (change.Columns is null)
                {
                    rows.Remove(key);
                    continue;
                }

                if (!rows.TryGetValue(key, out var row))
                    rows[key] = row = ([.. change.Key], [.. change.Table.Columns.Select(c => c.Default)]);
                foreach (var (column, kind, value) in change.Columns)
                    row.Columns[column] = kind == ChangeKind.Set ? value : Sum(row.Columns[column], value);
            }
        }

        public List<(string Key, string Columns)> Rows(Table table) => _tables.TryGetValue(table.Name, out var rows)
            ? [.. rows.Select(r => (r.Key, string.Join('|', r.Value.Columns)))]
            : [];

        private static Value Sum(Value stored, Value added) => stored.Kind switch
        {
            ValueKind.Real => stored.Real + added.Integer,
            ValueKind.Integer => stored.Integer + added.Integer,
            _ => added,
        };
    }
}
