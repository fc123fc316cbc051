namespace Crowd.GraphQL;

/// <summary>A page of a list, after the Relay cursor connections specification.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class Connection<T>(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo, Func<CancellationToken, ValueTask<int>>? totalCount = null)
    where T : notnull
{
    /// <summary>The items of this page with their cursors.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; } = edges;

    /// <summary>Where this page stands in the list.</summary>
    public PageInfo PageInfo { get; } = pageInfo;

    /// <summary>The items of this page.</summary>
    public IReadOnlyList<T> GetNodes()
    {
        var nodes = new T[Edges.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Edges[i].Node;
        }

        return nodes;
    }

    /// <summary>How many items the whole list has, or null if that is not known. Counted only when asked for.</summary>
    public async ValueTask<int?> GetTotalCountAsync(CancellationToken cancellationToken) =>
        totalCount is null ? null : await totalCount(cancellationToken);
}

/// <summary>An item of a connection.</summary>
/// <param name="Cursor">Where the item stands in the list; opaque to clients.</param>
/// <param name="Node">The item.</param>
public sealed record Edge<T>(string Cursor, T Node)
    where T : notnull;

/// <summary>Where a page stands in its list.</summary>
/// <param name="HasNextPage">Whether items follow this page.</param>
/// <param name="HasPreviousPage">Whether items precede this page.</param>
/// <param name="StartCursor">The cursor of the first item; null for an empty page.</param>
/// <param name="EndCursor">The cursor of the last item; null for an empty page.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
