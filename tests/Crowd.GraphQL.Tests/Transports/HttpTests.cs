using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Crowd.GraphQL.Tests.Transports;

public sealed class HttpTests
{
    private const string GraphQLResponse = "application/graphql-response+json";

    [Theory]
    [InlineData("{ listeners }", GraphQLResponse, HttpStatusCode.OK, GraphQLResponse)]
    [InlineData("{ listeners }", "application/json", HttpStatusCode.OK, "application/json")]
    [InlineData("{ listeners }", "application/json;q=0.1, application/graphql-response+json", HttpStatusCode.OK, GraphQLResponse)]
    [InlineData("{ nope }", GraphQLResponse, HttpStatusCode.BadRequest, GraphQLResponse)]
    [InlineData("{ nope }", "application/json", HttpStatusCode.OK, "application/json")]
    [InlineData("{ listeners }", "image/png", HttpStatusCode.NotAcceptable, "application/json")]
    [InlineData("subscription { endless }", GraphQLResponse, HttpStatusCode.NotAcceptable, GraphQLResponse)]
    public async Task The_accepted_media_type_decides_the_status(string document, string accept, HttpStatusCode status, string contentType)
    {
        await using var server = await GraphQLServer.Start();
        using var request = Post(server, $$"""{"query":"{{document}}"}""");
        request.Headers.Accept.ParseAdd(accept);

        using var response = await Send(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_that_a_form_could_send_is_refused(string contentType)
    {
        await using var server = await GraphQLServer.Start();
        using var request = Post(server, """{"query":"mutation { finish }"}""");
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var response = await Send(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://app.example", HttpStatusCode.OK)]
    public async Task A_get_from_another_site_is_refused(string header, string value, HttpStatusCode status)
    {
        await using var server = await GraphQLServer.Start(options: new GraphQLHttpOptions { AllowedOrigins = ["https://app.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}?query=%7Blisteners%7D");
        request.Headers.Add(header, value);

        using var response = await Send(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Forbidden, (await response.Content.ReadAsStringAsync()).Contains(ErrorCodes.CrossSiteRefused, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mutation_by_get_is_not_allowed()
    {
        await using var server = await GraphQLServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}?query=mutation%7Bfinish%7D");

        using var response = await Send(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        await using var server = await GraphQLServer.Start(configure: graphql => graphql.Configure(options => options.MaxRequestBytes = 100));
        using var request = Post(server, $$"""{"query":"{{new string(' ', 100)}}{ listeners }"}""");

        using var response = await Send(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(ErrorCodes.SizeLimit, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_sent_as_the_protocol_has_them()
    {
        await using var server = await GraphQLServer.Start();
        using var request = Post(server, """{"query":"subscription { countTo(limit: 2) }"}""");
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await Send(request);

        const string Expected = "event: next\ndata: {\"data\":{\"countTo\":1}}\n\nevent: next\ndata: {\"data\":{\"countTo\":2}}\n\nevent: complete\ndata:\n\n";
        Assert.Equal(Expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_names_no_other_host()
    {
        await using var server = await GraphQLServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

        using var response = await Send(request);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("GraphiQL", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var file in page.Split('"').Where(part => part.StartsWith("/graphql/graphiql/", StringComparison.Ordinal)))
        {
            using var asset = await Send(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, file)));
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }
    }

    private static HttpRequestMessage Post(GraphQLServer server, string body) =>
        new(HttpMethod.Post, server.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        using var client = new HttpClient();
        return await client.SendAsync(request);
    }
}
