using System.Globalization;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Loop;

/// <summary>Reports on machines and people.</summary>
public static class OversightQueries
{
    /// <summary>How machine and people did together and alone on a job. For members of its organisation and quality managers.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">Begin of the period, by when labels were settled; from the beginning by default.</param>
    /// <param name="until">End of the period, exclusive; until now by default.</param>
    /// <param name="level">Of all intervals; 0.95 by default.</param>
    /// <param name="by">Path to the attribute by which groups are told, as metadata.group or input.postcode; no parity by default.</param>
    /// <param name="favourable">The favourable label; needed with by.</param>
    /// <param name="criticalMicros">Cost from which an error is critical; the greatest cost of the job's policy by default.</param>
    /// <param name="model">Whose predictions count; the policy's model by default, or else the newest prediction before each label.</param>
    public static async Task<OversightView> GetOversightAsync(
        JobId job, DateTimeOffset? from, DateTimeOffset? until, double? level, string? by, string? favourable, long? criticalMicros, string? model,
        Caller caller, JobReads jobs, OversightReport report, CancellationToken cancellationToken) =>
        await report.MakeAsync(
            await jobs.ForReaderAsync(job, caller, cancellationToken), new(from, until, level ?? 0.95, by, favourable, criticalMicros, model), cancellationToken);
}

/// <summary><c>GET /jobs/{id}/report</c>: the same report as one JSON object, with the same names as parameters.</summary>
internal static class OversightEndpoint
{
    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            var job = await http.RequestServices.GetRequiredService<JobReads>().ForReaderAsync(id, http.Caller(), http.RequestAborted);
            var request = new OversightRequest(
                Time(http, "from"), Time(http, "until"),
                Number(http, "level") ?? 0.95, Text(http, "by"), Text(http, "favourable"), (long?)Number(http, "criticalMicros"), Text(http, "model"));
            var report = await http.RequestServices.GetRequiredService<OversightReport>().MakeAsync(job, request, http.RequestAborted);
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.OversightView), http.RequestAborted);
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
    }

    private static string? Text(HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 } text] ? text : null;

    private static double? Number(HttpContext http, string name) =>
        Text(http, name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw Refusals.Invalid($"{name}: give a number.");

    private static DateTimeOffset? Time(HttpContext http, string name) =>
        Text(http, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Refusals.Invalid($"{name}: give a time, as 2026-11-24T12:00:00Z.");
}
