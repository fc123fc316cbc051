using System.Text.Json;
using Crowd.GraphQL;

namespace Crowd.Api.Access;

/// <summary>Errors of the plain HTTP endpoints: a status, and a JSON object with a stable code and a message that says what to change.</summary>
internal static class Problems
{
    public static Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["status"] = status, ["code"] = code, ["detail"] = message }, ApiJson.Default.DictionaryStringObject);
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The error that a resolver would have thrown, as a response.</summary>
    public static Task WriteAsync(HttpContext context, GraphQLException e) => WriteAsync(context, e.Code switch
    {
        "UNAUTHENTICATED" => StatusCodes.Status401Unauthorized,
        "FORBIDDEN" => StatusCodes.Status403Forbidden,
        "NOT_FOUND" => StatusCodes.Status404NotFound,
        "OUTCOME_UNKNOWN" or "UNAVAILABLE" => StatusCodes.Status503ServiceUnavailable,
        "LIMIT_EXCEEDED" => StatusCodes.Status413PayloadTooLarge,
        "JOB_STATUS" or "IDEMPOTENCY_CONFLICT" or "ALREADY_EXISTS" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    }, e.Code, e.Message);
}
