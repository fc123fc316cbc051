using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Crowd.Api.Hosting;

/// <summary>
/// The browser client's files as its build left them, compressed ahead beside themselves. Files with a hash in their name are kept for ever by
/// browsers; an address that is no file is a page of the client. The list is made at the start, so no path is ever built from a request.
/// </summary>
internal sealed class WebClient
{
    /// <summary>Pages load scripts, styles, fonts and data only from this server; images, sound and films from wherever an input names them.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "img-src 'self' data: blob: https: http:; media-src 'self' data: blob: https: http:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Page = "/index.html";
    private const string Immutable = "public, max-age=31536000, immutable";

    // In the order in which they are preferred.
    private static readonly (string Name, string Suffix)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Asset> _assets;

    private WebClient(FrozenDictionary<string, Asset> assets) => _assets = assets;

    /// <summary>The client in the folder; null when none was built there.</summary>
    public static WebClient? Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Page[1..])))
            return null;
        var assets = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Types.ContainsKey(Path.GetExtension(path)))
            .Select(path => new Asset(path, Types[Path.GetExtension(path)], [.. Encodings.Where(e => File.Exists(path + e.Suffix))], TagOf(path)));
        return new(assets.ToFrozenDictionary(asset => "/" + Path.GetRelativePath(folder, asset.Path).Replace('\\', '/'), StringComparer.Ordinal));
    }

    /// <summary>Serves a file, or the page for every other address that a browser asks a page of.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (_assets.TryGetValue(path, out var asset))
            return SendAsync(context, asset, path.StartsWith("/assets/", StringComparison.Ordinal) ? Immutable : "no-cache");
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return SendAsync(context, _assets[Page], "no-cache");
        return Access.Problems.WriteAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", "There is nothing at this address.");
    }

    private static Task SendAsync(HttpContext context, Asset asset, string cache)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cache;
        headers.ETag = asset.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.Headers.IfNoneMatch.Contains(asset.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = asset.Type;
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var (name, suffix) = asset.Encodings.FirstOrDefault(e => accepted.Contains(e.Name, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
            headers.ContentEncoding = name;
        var file = new FileInfo(asset.Path + suffix);
        context.Response.ContentLength = file.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(file.FullName, context.RequestAborted);
    }

    private static string TagOf(string path) => $"\"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 12))}\"";

    private sealed record Asset(string Path, string Type, (string Name, string Suffix)[] Encodings, string Tag);
}

/// <summary>Where the client is, and its routes.</summary>
internal static class WebClientRoutes
{
    /// <summary>Serves the client at <c>/</c> and below, behind every other route; without one <c>/</c> leads to <c>/graphql</c>.</summary>
    public static void MapWebClient(this WebApplication app, ApiOptions options)
    {
        if (WebClient.Load(options.WebClient ?? Path.Combine(AppContext.BaseDirectory, "wwwroot")) is { } client)
            app.MapFallback("{**path}", client.HandleAsync).WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        else
            app.MapGet("/", () => Results.Redirect("/graphql"));
    }
}
