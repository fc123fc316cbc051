using Crowd.Api.Access;
using Crowd.Journal;
using Crowd.Silo.Hosting;

namespace Crowd.Api.Hosting;

/// <summary>
/// <c>/health/live</c>: 200 while the process runs. <c>/health/ready</c>: 200 while it is the active one and the database answers, else 503, with the role.
/// </summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", (ServerState state) => Results.Json(new Dictionary<string, string> { ["role"] = Name(state.Role) }, ApiJson.Default.DictionaryStringString));
        app.MapGet("/health/ready", async (ServerState state, IJournal journal, CancellationToken cancellationToken) =>
        {
            var ready = state.Role == ServerRole.Active && await AnswersAsync(journal, cancellationToken);
            return Results.Json(new Dictionary<string, string> { ["role"] = Name(state.Role) }, ApiJson.Default.DictionaryStringString, statusCode: ready ? 200 : 503);
        });
    }

    private static async Task<bool> AnswersAsync(IJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            await journal.LastPositionAsync(cancellationToken);
            return true;
        }
        catch (JournalUnavailableException)
        {
            return false; // that is what the answer says
        }
    }

    private static string Name(ServerRole role) => role.ToString().ToLowerInvariant();
}

/// <summary>Turns requests away while the process is not the active one.</summary>
internal sealed class ReadyMiddleware(RequestDelegate next, ServerState state, AssignmentSeal seal)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (state.Role == ServerRole.Active && !seal.IsOpen)
            return OpenAsync(context);
        if (state.Role == ServerRole.Active || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return next(context);
        return Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", state.Role == ServerRole.Stopping
            ? "The server is stopping: send the request again, to another if there is one."
            : "This server is a standby: send the request to the active one.");
    }

    private async Task OpenAsync(HttpContext context)
    {
        try
        {
            await seal.OpenAsync(context.RequestAborted);
        }
        catch (JournalUnavailableException)
        {
            await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", "The database does not answer: send the request again in a moment.");
            return;
        }

        await next(context);
    }
}
