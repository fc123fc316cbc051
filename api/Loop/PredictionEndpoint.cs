using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Bulk;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.Marketplace.Loop;
using Microsoft.AspNetCore.Http.Features;

namespace Crowd.Api.Loop;

/// <summary>
/// <c>POST /jobs/{id}/predictions</c>: predictions as newline-delimited JSON (<see cref="PredictionLine"/>). Good lines are taken, each bad one is reported. Sending the
/// same body again adds nothing; another content under the same task, model and version is a bad line.
/// </summary>
internal static class PredictionEndpoint
{
    public const string Path = "/jobs/{id}/predictions";

    private const int LineLimit = 64 * 1024;

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            var caller = http.Caller();
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            var job = await http.RequestServices.GetRequiredService<JobReads>().ForMemberAsync(id, caller, MemberRole.Editor, http.RequestAborted);
            var options = http.RequestServices.GetRequiredService<ApiOptions>();
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = options.ImportBytes;
            var grain = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IPredictionsGrain>(id.Value);
            var report = await TakeAsync(http.Request.Body, new(job.Specification.Schema), grain, options.ReportedLines, caller.Actor, http.RequestAborted);
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.ImportReport), http.RequestAborted);
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", "The body is larger than an import may be: split the file.");
        }
    }

    private static async Task<ImportReport> TakeAsync(Stream body, PredictionLine line, IPredictionsGrain grain, int reported, string actor, CancellationToken cancellationToken)
    {
        var (number, lines, added, known, bad) = (0L, 0L, 0L, 0L, 0L);
        var badLines = new List<BadLine>();
        var drafts = new List<PredictionDraft>();
        var numbers = new List<long>();
        void Bad(BadLine one)
        {
            bad++;
            if (badLines.Count < reported)
                badLines.Add(one);
        }

        async Task SendAsync()
        {
            if (drafts.Count == 0)
                return;
            var result = (await grain.AddAsync([.. drafts], actor)).OrThrow();
            added += result.Added;
            known += result.Known;
            foreach (var (place, why) in result.Refused)
                Bad(new(numbers[place], Refusals.Code(why.Code), why.Message));
            drafts.Clear();
            numbers.Clear();
        }

        using var reader = new StreamReader(body, System.Text.Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            lines++;
            if (text.Length > LineLimit)
            {
                Bad(new(number, "LINE_TOO_LONG", $"a line has at most {LineLimit} characters."));
                continue;
            }

            var (draft, code, message) = line.Read(System.Text.Encoding.UTF8.GetBytes(text));
            if (draft is null)
            {
                Bad(new(number, code, message));
                continue;
            }

            drafts.Add(draft);
            numbers.Add(number);
            if (drafts.Count == PredictionsAdded.MaxPredictions)
                await SendAsync();
        }

        await SendAsync();
        return new() { Lines = lines, Added = added, Known = known, Bad = bad, Refused = false, BadLines = badLines };
    }
}
