using Microsoft.AspNetCore.Http;

namespace Crowd.GraphQL.Http;

/// <summary>
/// Refuses what another site's page can make a browser send without asking first. POST needs no check beyond its content
/// type, which no form can have; a GET or a socket is told by the headers that browsers add themselves.
/// </summary>
internal static class CrossSite
{
    public static bool IsRefused(HttpRequest request, IReadOnlyList<string> allowedOrigins)
    {
        var origin = (string?)request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin))
        {
            return !IsOwn(request, origin) && !allowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
        }

        // Navigation to the page itself is what a link does; it shows GraphiQL and executes nothing.
        return request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Mode"] != "navigate";
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, new Uri($"{uri.Scheme}://{request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase);
}
