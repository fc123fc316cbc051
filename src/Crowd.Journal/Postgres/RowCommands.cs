using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Crowd.Journal.Postgres;

/// <summary>
/// Turns merged rows into commands: one for each table and set of touched columns, with an array for each column. The texts are few and
/// repeat, so the driver prepares them.
/// </summary>
internal static class RowCommands
{
    /// <summary>Texts kept. There is one for each way in which a table is changed, so the limit is far away.</summary>
    private const int TextsKept = 4_096;

    private static readonly ConcurrentDictionary<(Table Table, string Prefix, RowShape? Shape), string> Texts = new(ByReference.Comparer);

    /// <summary>The commands that carry out the changes. Their order does not matter: no two touch one row.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(RowMerge changes, string prefix)
    {
        foreach (var table in changes.Tables)
        {
            var put = 0;
            foreach (var (shape, rows) in table.Puts())
            {
                put += rows.Count;
                yield return Command(table.Table, prefix, shape, rows);
            }

            if (put < table.Rows.Count)
                yield return Command(table.Table, prefix, null, [.. table.Rows.Where(r => r.Columns is null)]);
        }
    }

    private static NpgsqlBatchCommand Command(Table table, string prefix, RowShape? shape, List<MergedRow> rows)
    {
        if (Texts.Count > TextsKept)
            Texts.Clear();
        var command = new NpgsqlBatchCommand(Texts.GetOrAdd((table, prefix, shape), static k => k.Shape is { } s ? Upsert(k.Table, k.Prefix, s) : Delete(k.Table, k.Prefix)));
        for (var i = 0; i < table.Key.Count; i++)
        {
            var place = i;
            command.Parameters.Add(Array(table.Key[i].Kind, rows, row => row.Key[place]));
        }

        var columns = rows[0].Columns;
        for (var i = 0; i < columns?.Length; i++)
        {
            var place = i;
            command.Parameters.Add(Array(table.Columns[columns[i].Column].Kind, rows, row => row.Columns![place].Value));
        }

        return command;
    }

    private static string Upsert(Table table, string prefix, RowShape shape)
    {
        var source = $" from {PostgresDialect.Unnest(table.Key.Concat(shape.Columns.Select(c => table.Columns[c.Column])))}";
        return PostgresDialect.Instance.Upsert(table, prefix, shape, PostgresDialect.Element, values => $"select {string.Join(", ", values)}{source}");
    }

    private static string Delete(Table table, string prefix)
    {
        var keys = table.Key.Select((c, i) => $"t.{TableSql.Quote(c.Name)} = u.{PostgresDialect.Element(i + 1)}");
        return $"delete from {TableSql.Quote(prefix + table.Name)} t using {PostgresDialect.Unnest(table.Key)} where {string.Join(" and ", keys)}";
    }

    private static NpgsqlParameter Array(ColumnKind kind, List<MergedRow> rows, Func<MergedRow, Value> value)
    {
        switch (kind)
        {
            case ColumnKind.Text:
                var texts = new string?[rows.Count];
                for (var i = 0; i < texts.Length; i++)
                    texts[i] = value(rows[i]) is { IsNull: false } text ? text.Text : null;
                return new NpgsqlParameter<string?[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
            case ColumnKind.Integer:
                return Numbers(NpgsqlDbType.Bigint, rows, value, static v => v.Integer);
            case ColumnKind.Real:
                return Numbers(NpgsqlDbType.Double, rows, value, static v => v.AsReal());
            default:
                var bytes = new byte[]?[rows.Count];
                for (var i = 0; i < bytes.Length; i++)
                    bytes[i] = value(rows[i]) is { IsNull: false } blob ? blob.Bytes : null;
                return new NpgsqlParameter<byte[]?[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        }
    }

    private static NpgsqlParameter Numbers<T>(NpgsqlDbType type, List<MergedRow> rows, Func<MergedRow, Value> value, Func<Value, T> number)
        where T : struct
    {
        var numbers = new T[rows.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var one = value(rows[i]);
            if (one.IsNull)
                return NullableNumbers(type, rows, value, number);
            numbers[i] = number(one);
        }

        return new NpgsqlParameter<T[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private static NpgsqlParameter NullableNumbers<T>(NpgsqlDbType type, List<MergedRow> rows, Func<MergedRow, Value> value, Func<Value, T> number)
        where T : struct
    {
        var numbers = new T?[rows.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = value(rows[i]) is { IsNull: false } one ? number(one) : null;
        return new NpgsqlParameter<T?[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    /// <summary>Tables are compared by reference: comparing all their columns would cost more than making the text anew.</summary>
    private sealed class ByReference : IEqualityComparer<(Table Table, string Prefix, RowShape? Shape)>
    {
        public static readonly ByReference Comparer = new();

        public bool Equals((Table Table, string Prefix, RowShape? Shape) x, (Table Table, string Prefix, RowShape? Shape) y) =>
            ReferenceEquals(x.Table, y.Table) && x.Prefix == y.Prefix && x.Shape == y.Shape;

        public int GetHashCode((Table Table, string Prefix, RowShape? Shape) key) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Table), key.Prefix.Length, key.Shape);
    }
}
