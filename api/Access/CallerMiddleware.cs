using Crowd.GraphQL;

namespace Crowd.Api.Access;

/// <summary>
/// Finds the caller of each request from the key in <c>Authorization: Bearer</c> or from the session's cookie. A cookie counts only in requests
/// that a foreign page cannot make the browser send: reads, or such with the header <see cref="CrossSiteHeader"/> or a JSON body.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerDirectory directory)
{
    /// <summary>The session's cookie.</summary>
    public const string Cookie = "crowd_session";

    /// <summary>A header that browsers send across sites only after asking, which this server does not allow.</summary>
    public const string CrossSiteHeader = "X-Crowd-Request";

    public async Task InvokeAsync(HttpContext context)
    {
        var caller = Caller.Anonymous;
        if (context.Request.Headers.Authorization is [{ } authorization, ..] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            var found = await directory.FindAsync(authorization["Bearer ".Length..].Trim(), context.RequestAborted);
            if (found is null)
            {
                await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "UNAUTHENTICATED", "The API key is not valid or was revoked: make a new one.");
                return;
            }

            caller = found;
        }
        else if (context.Request.Cookies.TryGetValue(Cookie, out var token) && !MayBeForged(context.Request))
        {
            caller = await directory.FindAsync(token, context.RequestAborted) ?? Caller.Anonymous;
        }

        context.Items[typeof(Caller)] = caller;
        await next(context);
    }

    private static bool MayBeForged(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return request.Headers["Sec-Fetch-Site"] is ["cross-site"] && request.Headers["Sec-Fetch-Mode"] is not ["navigate"];
        if (request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
            return true;
        return !request.Headers.ContainsKey(CrossSiteHeader)
            && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true;
    }
}

/// <summary>The caller of a request.</summary>
public static class CallerOfRequest
{
    /// <summary>Who sent the request; nobody when it was not looked at.</summary>
    public static Caller Caller(this HttpContext context) => context.Items[typeof(Caller)] as Caller ?? Access.Caller.Anonymous;

    /// <summary>Who a GraphQL request is from.</summary>
    public static Caller Of(RequestContext context) => context.Find<Caller>() ?? context.Http?.Caller() ?? Access.Caller.Anonymous;
}
