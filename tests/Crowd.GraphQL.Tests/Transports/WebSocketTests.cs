using System.Net.WebSockets;
using System.Text;

namespace Crowd.GraphQL.Tests.Transports;

public sealed class WebSocketTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Ack = """{"type":"connection_ack"}""";
    private const string Endless = """{"id":"1","type":"subscribe","payload":{"query":"subscription { endless }"}}""";

    [Theory]
    [InlineData(4400, "nonsense")]
    [InlineData(4400, """{"type":"unknown"}""")]
    [InlineData(4400, """{"type":"subscribe","payload":{}}""")]
    [InlineData(4401, Endless)]
    [InlineData(4429, Init, Init)]
    [InlineData(4409, Init, Endless, Endless)]
    [InlineData(4430, Init, Endless, """{"id":"2","type":"subscribe","payload":{"query":"subscription { endless }"}}""", """{"id":"3","type":"subscribe","payload":{"query":"{ listeners }"}}""")]
    [InlineData(4403, """{"type":"connection_init","payload":{"token":"wrong"}}""")]
    public async Task A_breach_of_the_protocol_closes_the_socket(int code, params string[] messages)
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        foreach (var message in messages)
        {
            await Send(socket, message);
        }

        string? received;
        do
        {
            received = await Receive(socket);
        }
        while (received is not null);

        Assert.Equal(code, (int)socket.CloseStatus!.Value);
    }

    [Fact]
    public async Task Another_protocol_is_not_spoken()
    {
        await using var server = await Start();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(server), CancellationToken.None);

        Assert.Null(await Receive(socket));
        Assert.Equal(4406, (int)socket.CloseStatus!.Value);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_connect()
    {
        await using var server = await Start();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.AddSubProtocol("graphql-transport-ws");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(server), CancellationToken.None));
    }

    [Fact]
    public async Task A_ping_is_answered_and_an_invalid_request_ends_with_its_error()
    {
        await using var server = await Start();
        using var socket = await Connect(server);
        await Send(socket, Init);
        Assert.Equal(Ack, await Receive(socket));

        await Send(socket, """{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await Receive(socket));
        await Send(socket, """{"id":"a","type":"subscribe","payload":{"query":"{"}}""");
        Assert.Equal(
            """{"type":"error","id":"a","payload":[{"message":"Unexpected end of document.","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}""",
            await Receive(socket));

        // The id is free again.
        await Send(socket, """{"id":"a","type":"subscribe","payload":{"query":"{ listeners }"}}""");
        Assert.Equal("""{"type":"next","id":"a","payload":{"data":{"listeners":0}}}""", await Receive(socket));
        Assert.Equal("""{"type":"complete","id":"a"}""", await Receive(socket));
    }

    [Fact]
    public async Task A_socket_without_connection_init_is_closed_and_an_idle_one_is_pinged()
    {
        await using var server = await GraphQLServer.Start(configure: graphql => graphql.Configure(options =>
        {
            options.ConnectionInitTimeout = TimeSpan.FromMilliseconds(1);
            options.KeepAlive = TimeSpan.FromMilliseconds(1);
        }));
        using var silent = await Connect(server);

        Assert.Null(await Receive(silent));
        Assert.Equal(4408, (int)silent.CloseStatus!.Value);

        await using var patient = await GraphQLServer.Start(configure: graphql => graphql.Configure(options => options.KeepAlive = TimeSpan.FromMilliseconds(1)));
        using var idle = await Connect(patient);
        await Send(idle, Init);
        Assert.Equal(Ack, await Receive(idle));
        Assert.Equal("""{"type":"ping"}""", await Receive(idle));
    }

    private static Task<GraphQLServer> Start() => GraphQLServer.Start(
        options: new GraphQLHttpOptions
        {
            OnConnect = (_, payload) => ValueTask.FromResult(payload is null || payload.Value.GetProperty("token").GetString() == "right"),
        },
        configure: graphql => graphql.Configure(options => options.MaxSubscriptionsPerConnection = 2));

    private static Uri Address(GraphQLServer server) => new UriBuilder(server.Url) { Scheme = "ws" }.Uri;

    private static async Task<ClientWebSocket> Connect(GraphQLServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(Address(server), CancellationToken.None);
        return socket;
    }

    // The server may have closed already; what it says then is what the test looks at.
    private static async Task Send(ClientWebSocket socket, string message)
    {
        if (socket.State == WebSocketState.Open)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }

    private static async Task<string?> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[16_384];
        var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return result.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
