using Crowd.GraphQL.Language;
using Crowd.GraphQL.Tests.Library;

namespace Crowd.GraphQL.Tests.Protection;

public sealed class LimitTests
{
    private const string Trusted = "{ books { title } }";

    [Theory]
    [InlineData("{ page(first: 1) { edges { node { title } } } }", ErrorCodes.DepthLimit, "The depth of the operation is 4, the limit is 3.")]
    [InlineData("{ a: grid b: grid c: grid }", ErrorCodes.AliasLimit, "The number of aliases of the operation is 3, the limit is 2.")]
    [InlineData("{ ...F ...F } fragment F on Query { a: grid b: grid }", ErrorCodes.AliasLimit, "The number of aliases of the operation is 4, the limit is 2.")]
    [InlineData("{ page(first: 10) { nodes { tags } } x: page(first: 10) { nodes { tags } } }", ErrorCodes.CostLimit, "The cost of the operation is 22, the limit is 21.")]
    [InlineData("{ __schema { description } }", ErrorCodes.IntrospectionDisabled, "Introspection is switched off.")]
    [InlineData("{ books { title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title title } }", ErrorCodes.TokenLimit, "The document has more than 40 tokens.")]
    [InlineData("{ page(first: 11) { nodes { id } } }", ErrorCodes.PageLimit, "10")]
    [InlineData("{ books(x: [[[[[1]]]]]) { title } }", ErrorCodes.DepthLimit, "The document nests deeper than 4 levels.")]
    public async Task A_limit_answers_with_its_code_and_a_fact(string document, string code, string fact)
    {
        var executor = LibrarySchema.Executor(graphql => graphql.Configure(options =>
        {
            options.MaxDepth = 3;
            options.MaxAliases = 2;
            options.MaxCost = 21;
            options.AllowIntrospection = false;
            options.Parser = new ParserOptions { MaxTokens = 40, MaxDepth = 4 };
        }));

        var result = await executor.ExecuteAsync(new GraphQLRequest(document), CancellationToken.None);

        var error = Assert.Single(result.Errors);
        Assert.Equal(code, error.Code);
        Assert.Contains(fact, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_states_the_fact()
    {
        var executor = LibrarySchema.Executor(graphql => graphql.Configure(options => options.MaxDepth = 1));

        var result = await executor.ExecuteAsync(new GraphQLRequest("{ books { title } }"), CancellationToken.None);

        Assert.Equal(2L, result.Errors[0].Extensions!["actual"]);
        Assert.Equal(1L, result.Errors[0].Extensions!["limit"]);
    }

    [Fact]
    public async Task A_trusted_document_is_named_by_its_hash()
    {
        var executor = Strict();
        var id = TrustedDocuments.IdOf(System.Text.Encoding.UTF8.GetBytes(Trusted));

        var result = await executor.ExecuteAsync(new GraphQLRequest("") { DocumentId = id }, CancellationToken.None);

        Assert.Equal("""{"data":{"books":[{"title":"Emma"},{"title":"The Dead"}]}}""", result.ToJson());
    }

    [Theory]
    [InlineData("{ grid }", null, ErrorCodes.DocumentNotTrusted)]
    [InlineData("", "sha256:00", ErrorCodes.DocumentNotFound)]
    public async Task Other_documents_are_refused(string document, string? id, string code)
    {
        var result = await Strict().ExecuteAsync(new GraphQLRequest(document) { DocumentId = id }, CancellationToken.None);

        Assert.Equal(code, Assert.Single(result.Errors).Code);
    }

    private static IGraphQLExecutor Strict() =>
        LibrarySchema.Executor(graphql => graphql.Configure(options => options.TrustedDocuments = new TrustedDocuments([Trusted], areOnly: true)));
}
