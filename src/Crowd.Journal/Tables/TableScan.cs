using System.Runtime.CompilerServices;

namespace Crowd.Journal;

/// <summary>Reads whole tables in pages, so that memory stays bounded.</summary>
public static class TableScan
{
    private const int RowsPerPage = 1_000;

    /// <summary>All rows of the table in the order of its key. Each page sees what is committed by then: write nothing meanwhile for one moment's picture.</summary>
    public static async IAsyncEnumerable<Row> ScanAsync(this ITableReader reader, Table table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var query = new TableQuery(table) { Limit = RowsPerPage };
        while (true)
        {
            var page = await reader.ReadRowsAsync(query, cancellationToken);
            foreach (var row in page)
                yield return row;
            if (page.Count < RowsPerPage)
                yield break;
            query = query with { After = page[^1].Key };
        }
    }
}
