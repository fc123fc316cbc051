using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Crowd.GraphQL.Http;

/// <summary>What a client wants to read.</summary>
internal enum ResponseKind
{
    /// <summary>None of the types that the server writes.</summary>
    None,

    /// <summary><c>application/json</c>: the status says whether a response was made, not whether it holds errors.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: the status tells request errors.</summary>
    GraphQLResponse,

    /// <summary><c>text/event-stream</c>.</summary>
    EventStream,

    /// <summary><c>text/html</c>.</summary>
    Html,
}

/// <summary>Content negotiation of the GraphQL over HTTP specification.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GraphQLResponse = "application/graphql-response+json";
    public const string EventStream = "text/event-stream";

    /// <summary>The best of the acceptable types; plain JSON for clients that do not say.</summary>
    public static ResponseKind Negotiate(HttpRequest request, bool servesHtml)
    {
        var accept = request.Headers.Accept;
        if (StringValues.IsNullOrEmpty(accept) || accept == "*/*" || accept == Json)
        {
            return ResponseKind.Json;
        }

        if (accept == GraphQLResponse)
        {
            return ResponseKind.GraphQLResponse;
        }

        return MediaTypeHeaderValue.TryParseList(accept, out var types) ? Best(types, servesHtml && HttpMethods.IsGet(request.Method)) : ResponseKind.None;
    }

    /// <summary>Whether a body is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) =>
        contentType == Json
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)));

    private static ResponseKind Best(IList<MediaTypeHeaderValue> types, bool allowHtml)
    {
        var best = ResponseKind.None;
        var bestQuality = 0.0;
        foreach (var type in types)
        {
            var quality = type.Quality ?? 1;
            var kind = KindOf(type.MediaType, allowHtml);
            if (kind != ResponseKind.None && quality > bestQuality)
            {
                best = kind;
                bestQuality = quality;
            }
        }

        return best;
    }

    private static ResponseKind KindOf(StringSegment type, bool allowHtml) =>
        Is(type, GraphQLResponse) ? ResponseKind.GraphQLResponse
        : Is(type, Json) || Is(type, "*/*") || Is(type, "application/*") ? ResponseKind.Json
        : Is(type, EventStream) ? ResponseKind.EventStream
        : allowHtml && Is(type, "text/html") ? ResponseKind.Html
        : ResponseKind.None;

    private static bool Is(StringSegment type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}
