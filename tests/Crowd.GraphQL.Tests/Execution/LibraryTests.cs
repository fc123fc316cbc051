using System.Text.Json;
using Crowd.GraphQL.Tests.Library;

namespace Crowd.GraphQL.Tests.Execution;

public sealed class LibraryTests
{
    [Theory]
    [InlineData(
        """{ book(id: "book_1") { id title subtitle tags genre name titleLength(factor: 2) } }""",
        """{"data":{"book":{"id":"book_1","title":"Emma","subtitle":null,"tags":["classic","irony"],"genre":"NOVEL","name":"Emma","titleLength":8}}}""")]
    [InlineData(
        "{ books { holding { __typename ... on OnShelfHolding { shelf } ... on LentHolding { due left } } } }",
        """{"data":{"books":[{"holding":{"__typename":"OnShelfHolding","shelf":"A1"}},{"holding":{"__typename":"LentHolding","due":"2026-01-02T03:04:05Z","left":"PT1H30M"}}]}}""")]
    [InlineData(
        "{ parties { label ... on PersonParty { age } ... on FirmParty { site } } grid half(of: 3) }",
        """{"data":{"parties":[{"label":"Ann","age":30},{"label":"Acme","site":"https://acme.example/"}],"grid":[[1,2],[3]],"half":1.5}}""")]
    [InlineData(
        """{ find(choice: {byTag: {tag: "x"}}) sum(values: [1, 2], scale: 2.5) echo(value: {a: [1, {b: X}]}) }""",
        """{"data":{"find":"ByTag { Tag = x, Least = 1 }","sum":5,"echo":{"a":[1,{"b":"X"}]}}}""")]
    [InlineData(
        """mutation { a: addBook(book: {title: "T", subtitle: null}) { id subtitle genre } b: addBook(book: {title: "U"}) { id subtitle } }""",
        """{"data":{"a":{"id":"book_3","subtitle":"(null)","genre":"NOVEL"},"b":{"id":"book_4","subtitle":"(none)"}}}""")]
    [InlineData(
        "{ refuse page(first: 1) { nodes { title } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }",
        """{"errors":[{"message":"Not today.","locations":[{"line":1,"column":3}],"path":["refuse"],"extensions":{"code":"CLOSED"}}],"data":{"refuse":null,"page":{"nodes":[{"title":"Emma"}],"edges":[{"cursor":"book_1"}],"pageInfo":{"hasNextPage":true,"hasPreviousPage":false,"endCursor":"book_1"},"totalCount":2}}}""")]
    [InlineData(
        """{ book(id: "x") { id } }""",
        """{"errors":[{"message":"book(id): A book's id starts with book_.","locations":[{"line":1,"column":12}],"path":["book"],"extensions":{"code":"BAD_BOOK_ID"}}],"data":{"book":null}}""")]
    [InlineData(
        "{ nope",
        """{"errors":[{"message":"Unexpected end of document.","locations":[{"line":1,"column":7}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}""")]
    [InlineData(
        "{ nope }",
        """{"errors":[{"message":"Query has no field nope.","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public async Task A_document_gives_its_response(string document, string expected)
    {
        var result = await LibrarySchema.Executor().ExecuteAsync(new GraphQLRequest(document), CancellationToken.None);

        Assert.Equal(expected, result.ToJson());
    }

    [Fact]
    public async Task Variables_choose_what_is_included()
    {
        const string Document = "query($id: ID!, $x: Boolean = false) { book(id: $id) { title @skip(if: $x) id } }";
        var executor = LibrarySchema.Executor();

        Assert.Equal("""{"data":{"book":{"id":"book_2"}}}""", await Execute(executor, Document, """{"id":"book_2","x":true}"""));
        Assert.Equal("""{"data":{"book":{"title":"The Dead","id":"book_2"}}}""", await Execute(executor, Document, """{"id":"book_2"}"""));
        Assert.Contains("BAD_BOOK_ID", await Execute(executor, Document, """{"id":"z"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_exception_is_masked_and_given_an_id()
    {
        var result = await LibrarySchema.Executor().ExecuteAsync(new GraphQLRequest("{ fail }"), CancellationToken.None);

        var error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCodes.Internal, error.Code);
        Assert.NotNull(error.Extensions!["id"]);
        Assert.DoesNotContain("secret", result.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_gives_one_response_an_event()
    {
        var result = await LibrarySchema.Executor().ExecuteAsync(new GraphQLRequest("subscription { countTo(limit: 3) }"), CancellationToken.None);

        var responses = new List<string>();
        await foreach (var response in result.Stream!)
        {
            responses.Add(response.ToJson());
        }

        Assert.Equal(["""{"data":{"countTo":1}}""", """{"data":{"countTo":2}}""", """{"data":{"countTo":3}}"""], responses);
    }

    private static async Task<string> Execute(IGraphQLExecutor executor, string document, string variables)
    {
        var request = new GraphQLRequest(document) { Variables = JsonDocument.Parse(variables).RootElement };
        return (await executor.ExecuteAsync(request, CancellationToken.None)).ToJson();
    }
}
