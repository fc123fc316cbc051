using System.Text;
using Crowd.GraphQL.Requests;
using Crowd.GraphQL.Tests.Oracle;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Requests;

public sealed class DocumentCacheTests
{
    private const int Capacity = 4;

    private static readonly Schema Schema = SdlSchema.Build(Schemas.Tree);

    [Fact]
    public void A_document_is_found_by_its_text()
    {
        var cache = new DocumentCache(Capacity);
        var document = Prepare(0);
        cache.Add(document);

        Assert.True(cache.TryGet(Encoding.UTF8.GetBytes(Text(0)), out var found));
        Assert.Same(document, found);
        Assert.False(cache.TryGet(Encoding.UTF8.GetBytes(Text(1)), out _));
    }

    [Fact]
    public void What_is_used_stays_and_the_rest_goes()
    {
        var cache = new DocumentCache(Capacity);
        for (var i = 0; i < 100; i++)
        {
            cache.Add(Prepare(i));
            Assert.True(cache.TryGet(Encoding.UTF8.GetBytes(Text(0)), out _), $"after {i} others");
        }

        var kept = Enumerable.Range(0, 100).Count(i => cache.TryGet(Encoding.UTF8.GetBytes(Text(i)), out _));
        Assert.InRange(kept, 2, (2 * Capacity) + 2);
    }

    private static PreparedDocument Prepare(int number) => PreparedDocument.Prepare(Schema, Encoding.UTF8.GetBytes(Text(number)), new GraphQLServerOptions());

    private static string Text(int number) => $"{{ a{number}: __typename }}";
}
