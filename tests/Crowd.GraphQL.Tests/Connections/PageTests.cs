namespace Crowd.GraphQL.Tests.Connections;

public sealed class PageTests
{
    private static readonly string[] Letters = ["a", "b", "c", "d", "e"];

    [Theory]
    [InlineData(2, null, null, null, "ab", true, false)]
    [InlineData(2, "b", null, null, "cd", true, true)]
    [InlineData(2, "d", null, null, "e", false, true)]
    [InlineData(null, null, 2, null, "de", false, true)]
    [InlineData(null, null, 2, "d", "bc", true, true)]
    [InlineData(null, null, 3, "b", "a", true, false)]
    [InlineData(0, null, null, null, "", true, false)]
    [InlineData(9, null, null, null, "abcde", false, false)]
    public async Task A_page_holds_what_its_arguments_ask_for(int? first, string? after, int? last, string? before, string expected, bool hasNext, bool hasPrevious)
    {
        var page = Page.From(first, after, last, before);
        var source = page.IsBackward
            ? Letters.Reverse().Where(letter => page.Cursor is null || string.CompareOrdinal(letter, page.Cursor) < 0)
            : Letters.Where(letter => page.Cursor is null || string.CompareOrdinal(letter, page.Cursor) > 0);

        var connection = page.Of([.. source.Take(page.Limit)], letter => letter, _ => ValueTask.FromResult(Letters.Length));

        Assert.Equal(expected, string.Concat(connection.GetNodes()));
        Assert.Equal(hasNext, connection.PageInfo.HasNextPage);
        Assert.Equal(hasPrevious, connection.PageInfo.HasPreviousPage);
        Assert.Equal(connection.Edges is [var edge, ..] ? edge.Cursor : null, connection.PageInfo.StartCursor);
        Assert.Equal(5, await connection.GetTotalCountAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1, null, 1, null, ErrorCodes.BadUserInput)]
    [InlineData(-1, null, null, null, ErrorCodes.BadUserInput)]
    [InlineData(1, null, null, "x", ErrorCodes.BadUserInput)]
    [InlineData(501, null, null, null, ErrorCodes.PageLimit)]
    public void Arguments_that_make_no_page_are_refused(int? first, string? after, int? last, string? before, string code) =>
        Assert.Equal(code, Assert.Throws<GraphQLException>(() => Page.From(first, after, last, before)).Code);
}
