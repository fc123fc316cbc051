using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Crowd.GraphQL;

/// <summary>What an endpoint does beyond executing requests.</summary>
public sealed record GraphQLHttpOptions
{
    /// <summary>Origins, beside the endpoint's own, whose pages may send requests that a browser does not ask permission for, such as <c>https://app.example</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether browsers get GraphiQL. Default true.</summary>
    public bool ServeGraphiQL { get; init; } = true;

    /// <summary>
    /// Called with the payload of a socket's <c>connection_init</c>. False closes the socket as forbidden. It may set the
    /// HTTP context's user, which all operations of the socket then have.
    /// </summary>
    public Func<HttpContext, JsonElement?, ValueTask<bool>>? OnConnect { get; init; }
}
