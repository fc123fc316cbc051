using System.Runtime.CompilerServices;
using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Reads all rows that equal the given values, page by page.</summary>
internal static class TablePages
{
    private const int Page = 1_000;

    public static async IAsyncEnumerable<Row> ReadAllAsync(
        this ITableReader tables, Table table, IReadOnlyList<(string Column, Value Value)> where, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await tables.ReadRowsAsync(new(table) { Where = where, After = after, Limit = Page }, cancellationToken);
            foreach (var row in rows)
                yield return row;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }
}
