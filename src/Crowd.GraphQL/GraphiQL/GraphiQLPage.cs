using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Crowd.GraphQL.GraphiQL;

/// <summary>
/// Serves GraphiQL from the files that the build copied out of its npm package. The content security policy lets nothing in from
/// another host.
/// </summary>
internal static class GraphiQLPage
{
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";
    private const string Script = "text/javascript; charset=utf-8";
    private const string Style = "text/css; charset=utf-8";

    private static readonly Dictionary<string, string> Packaged = new(StringComparer.Ordinal)
    {
        ["graphiql.min.js"] = Script,
        ["graphiql.min.css"] = Style,
        ["react.production.min.js"] = Script,
        ["react-dom.production.min.js"] = Script,
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "graphiql");

    /// <summary>Serves the files that the page names, below the endpoint's own path.</summary>
    public static Task File(HttpContext context)
    {
        var name = (string?)context.GetRouteValue("file") ?? "";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        switch (name)
        {
            case "start.js":
                return Send(context, Embedded("start.js"), Script);
            case "start.css":
                return Send(context, "body { margin: 0 } #graphiql { height: 100dvh }", Style);
            case var _ when Packaged.TryGetValue(name, out var type) && System.IO.File.Exists(Path.Combine(Folder, name)):
                context.Response.ContentType = type;
                return context.Response.SendFileAsync(Path.Combine(Folder, name), context.RequestAborted);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    /// <summary>Serves the page, or one that says how to get it.</summary>
    public static Task Show(HttpContext context)
    {
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = Policy;
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        var isInstalled = Packaged.Keys.All(name => System.IO.File.Exists(Path.Combine(Folder, name)));
        var path = $"{context.Request.PathBase}{context.Request.Path}".TrimEnd('/');
        var page = Embedded(isInstalled ? "page.html" : "missing.html").Replace("{base}", $"{path}/graphiql", StringComparison.Ordinal);
        return Send(context, page, "text/html; charset=utf-8");
    }

    private static Task Send(HttpContext context, string text, string type)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
    }

    private static string Embedded(string name)
    {
        using var stream = typeof(GraphiQLPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
