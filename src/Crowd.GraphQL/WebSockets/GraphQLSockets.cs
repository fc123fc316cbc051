using Crowd.GraphQL.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Crowd.GraphQL.WebSockets;

/// <summary>Accepts connections of the graphql-transport-ws protocol, https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md.</summary>
internal sealed class GraphQLSockets(IGraphQLExecutor executor, GraphQLServerOptions server, TimeProvider time, IHostApplicationLifetime? lifetime = null)
{
    private const string Protocol = "graphql-transport-ws";

    public async Task Serve(HttpContext context, GraphQLHttpOptions options)
    {
        if (CrossSite.IsRefused(context.Request, options.AllowedOrigins))
        {
            throw new RequestException(StatusCodes.Status403Forbidden, "Another site's page may not connect.", ErrorCodes.CrossSiteRefused);
        }

        var isSpoken = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol, StringComparer.Ordinal);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(isSpoken ? Protocol : null);
        if (!isSpoken)
        {
            using var writer = new SocketWriter(socket);
            await writer.CloseAsync(CloseCodes.SubprotocolNotAcceptable, "Subprotocol not acceptable", context.RequestAborted);
            return;
        }

        using var session = new SocketSession(context, socket, executor, server, options, time, lifetime?.ApplicationStopping ?? CancellationToken.None);
        await session.Run();
    }
}
