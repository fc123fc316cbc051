using System.Text.Json;
using Crowd.GraphQL.Tests.Node;
using Xunit.Abstractions;

namespace Crowd.GraphQL.Tests.Transports;

public sealed class ClientTests(ITestOutputHelper output)
{
    private const int Subscriptions = 1_000;

    [Theory]
    [InlineData("websocket.mjs")]
    [InlineData("eventstream.mjs")]
    public async Task The_reference_client_is_served(string script)
    {
        var server = await GraphQLServer.Start();
        using var node = NodePackage.Start(script, server.Url.ToString(), $"{Subscriptions}");
        try
        {
            var results = default(JsonElement);
            while (await node.StandardOutput.ReadLineAsync() is { } line)
            {
                var message = JsonDocument.Parse(line).RootElement;
                if (message.TryGetProperty("ask", out var ask))
                {
                    Assert.Equal("restart", ask.GetString());
                    var port = server.Url.Port;
                    await server.DisposeAsync();
                    server = await GraphQLServer.Start(port);
                    await node.StandardInput.WriteLineAsync("done");
                }
                else
                {
                    results = message.GetProperty("results");
                }
            }

            Check(results);
            output.WriteLine($"{script}: {results.EnumerateObject().Count()} scenarios, {Subscriptions} subscriptions at once");
        }
        finally
        {
            await server.DisposeAsync();
            if (!node.HasExited)
            {
                node.Kill();
            }
        }
    }

    private static void Check(JsonElement results)
    {
        Assert.Equal("""{"values":[{"data":{"countTo":1}},{"data":{"countTo":2}},{"data":{"countTo":3}}]}""", Of("counted"));
        Assert.Equal("""{"values":[{"data":{"listeners":0}}]}""", Of("query"));
        Assert.Contains(ErrorCodes.ValidationFailed, Of("invalid"), StringComparison.Ordinal);
        Assert.Contains("REFUSED", Of("refused"), StringComparison.Ordinal);
        Assert.StartsWith("""{"values":[{"data":{"failing":1}},{"errors":[{"message":"Broke off." """.TrimEnd(), Of("failing"), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"endless":1}}""", Of("early"));
        Assert.Equal($$"""{"received":{{Subscriptions}},"distinct":[7]}""", Of("many"));
        Assert.Equal("[1,2]", Of("restart"));

        string Of(string scenario) => results.GetProperty(scenario).GetRawText();
    }
}
