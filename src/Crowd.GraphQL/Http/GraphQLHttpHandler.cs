using Crowd.GraphQL.GraphiQL;
using Crowd.GraphQL.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Crowd.GraphQL.Http;

/// <summary>Serves GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/.</summary>
internal sealed class GraphQLHttpHandler(IGraphQLExecutor executor, GraphQLServerOptions server, GraphQLHttpOptions options, EventStreams eventStreams, GraphQLSockets sockets)
{
    public async Task Handle(HttpContext context)
    {
        var kind = MediaTypes.Negotiate(context.Request, options.ServeGraphiQL);
        try
        {
            if (context.WebSockets.IsWebSocketRequest)
            {
                await sockets.Serve(context, options);
                return;
            }

            if (kind == ResponseKind.None)
            {
                throw new RequestException(StatusCodes.Status406NotAcceptable, $"The server writes {MediaTypes.GraphQLResponse}, {MediaTypes.Json} and {MediaTypes.EventStream}.", ErrorCodes.BadRequest);
            }

            if (kind == ResponseKind.Html && !context.Request.Query.ContainsKey("query"))
            {
                await GraphiQLPage.Show(context);
                return;
            }

            await Execute(context, kind);
        }
        catch (RequestException refusal)
        {
            await Write(context, ExecutionResult.RequestError(refusal.Message, refusal.Code), kind, refusal.Status);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody reads an answer.
        }
    }

    private async ValueTask Execute(HttpContext context, ResponseKind kind)
    {
        var request = (await Read(context)) with { Services = context.RequestServices, State = [context] };
        if (kind == ResponseKind.EventStream)
        {
            await eventStreams.Serve(context, request);
            return;
        }

        var result = await executor.ExecuteAsync(request, context.RequestAborted);
        if (result.Stream is not null)
        {
            throw new RequestException(
                StatusCodes.Status406NotAcceptable,
                $"A subscription is read as {MediaTypes.EventStream} or over a web socket.",
                ErrorCodes.BadRequest);
        }

        await Write(context, result, kind, StatusOf(result, kind));
    }

    private async ValueTask<GraphQLRequest> Read(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            return CrossSite.IsRefused(request, options.AllowedOrigins)
                ? throw new RequestException(StatusCodes.Status403Forbidden, "Another site's page may not send this.", ErrorCodes.CrossSiteRefused)
                : RequestReader.ReadQuery(request.Query);
        }

        return MediaTypes.IsJson(request.ContentType)
            ? await RequestReader.ReadBody(request, server.MaxRequestBytes)
            : throw new RequestException(StatusCodes.Status415UnsupportedMediaType, $"A request is {MediaTypes.Json} in UTF-8.", ErrorCodes.BadRequest);
    }

    // Plain JSON keeps 200 for all that the server understood, as older clients expect.
    private static int StatusOf(ExecutionResult result, ResponseKind kind)
    {
        if (result.HasData)
        {
            return StatusCodes.Status200OK;
        }

        return result.Errors[0].Code switch
        {
            ErrorCodes.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
            ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
            ErrorCodes.Timeout => StatusCodes.Status503ServiceUnavailable,
            _ => kind == ResponseKind.GraphQLResponse ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private static async ValueTask Write(HttpContext context, ExecutionResult result, ResponseKind kind, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = kind == ResponseKind.GraphQLResponse ? $"{MediaTypes.GraphQLResponse}; charset=utf-8" : $"{MediaTypes.Json}; charset=utf-8";
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers[HeaderNames.Allow] = HttpMethods.Post;
        }

        var body = response.BodyWriter;
        result.WriteTo(body);
        if (body.CanGetUnflushedBytes)
        {
            response.ContentLength = body.UnflushedBytes;
        }

        await body.FlushAsync(context.RequestAborted);
    }
}
