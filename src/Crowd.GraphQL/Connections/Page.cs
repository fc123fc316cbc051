namespace Crowd.GraphQL;

/// <summary>
/// The page that the arguments <c>first</c>, <c>after</c>, <c>last</c> and <c>before</c> ask for. A resolver takes the four
/// arguments, makes a page of them, fetches <see cref="Limit"/> items and hands them to <see cref="Of{T}"/>.
/// </summary>
public sealed record Page
{
    /// <summary>Size of a page nobody gave a size for.</summary>
    public const int DefaultSize = 50;

    /// <summary>Largest page unless the resolver says otherwise.</summary>
    public const int DefaultMaxSize = 500;

    private Page(int size, string? cursor, bool isBackward)
    {
        Size = size;
        Cursor = cursor;
        IsBackward = isBackward;
    }

    /// <summary>Most items of the page.</summary>
    public int Size { get; }

    /// <summary>The item that the page follows, or precedes if <see cref="IsBackward"/>; null for an end of the list.</summary>
    public string? Cursor { get; }

    /// <summary>Whether the page ends before the cursor and is fetched in reverse order.</summary>
    public bool IsBackward { get; }

    /// <summary>How many items to fetch: one more than the page holds tells whether the list goes on.</summary>
    public int Limit => Size + 1;

    /// <summary>Reads the arguments. Refuses what makes no page with <see cref="ErrorCodes.BadUserInput"/> or <see cref="ErrorCodes.PageLimit"/>.</summary>
    public static Page From(int? first, string? after, int? last, string? before, int maxSize = DefaultMaxSize)
    {
        if ((first is not null && last is not null) || (after is not null && before is not null) || (first is not null && before is not null) || (last is not null && after is not null))
        {
            throw new GraphQLException("Take first with after, or last with before.", ErrorCodes.BadUserInput);
        }

        var size = first ?? last ?? Math.Min(DefaultSize, maxSize);
        if (size < 0)
        {
            throw new GraphQLException("A page cannot have fewer than no items.", ErrorCodes.BadUserInput);
        }

        if (size > maxSize)
        {
            throw new GraphQLException(
                $"A page has at most {maxSize} items.",
                ErrorCodes.PageLimit,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = maxSize, ["actual"] = size });
        }

        return new Page(size, after ?? before, last is not null || before is not null);
    }

    /// <summary>Makes the connection.</summary>
    /// <param name="fetched">At most <see cref="Limit"/> items from the cursor on, in the order of fetching: reversed if <see cref="IsBackward"/>.</param>
    /// <param name="cursorOf">The cursor of an item.</param>
    /// <param name="totalCount">Counts the whole list; called only if a client asks.</param>
    public Connection<T> Of<T>(IReadOnlyList<T> fetched, Func<T, string> cursorOf, Func<CancellationToken, ValueTask<int>>? totalCount = null)
        where T : notnull
    {
        var count = Math.Min(fetched.Count, Size);
        var goesOn = fetched.Count > Size;
        var edges = new Edge<T>[count];
        for (var i = 0; i < count; i++)
        {
            var item = fetched[IsBackward ? count - 1 - i : i];
            edges[i] = new Edge<T>(cursorOf(item), item);
        }

        var hasNext = IsBackward ? Cursor is not null : goesOn;
        var hasPrevious = IsBackward ? goesOn : Cursor is not null;
        var info = new PageInfo(hasNext, hasPrevious, count == 0 ? null : edges[0].Cursor, count == 0 ? null : edges[^1].Cursor);
        return new Connection<T>(edges, info, totalCount);
    }
}
