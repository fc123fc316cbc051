using System.IO.Pipelines;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Microsoft.AspNetCore.Http.Features;

namespace Crowd.Api.Bulk;

/// <summary>
/// <c>POST /jobs/{id}/tasks</c>: tasks as newline-delimited JSON or CSV. The whole body is checked before anything is taken; with bad lines nothing is, unless
/// <c>?onBadLines=skip</c>. Sending the same body again adds nothing.
/// </summary>
internal static class ImportEndpoint
{
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
            var csv = http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) is true;
            if (!csv && http.Request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase))
                throw Refusals.Invalid($"'{type}' is not taken: send application/x-ndjson or text/csv.");
            var skip = http.Request.Query["onBadLines"] is ["skip"];
            var grain = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IJobGrain>(id.Value);
            var predictions = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IPredictionsGrain>(id.Value);
            var report = await RunAsync(http.Request, csv, job.Specification.Schema, skip, options.ReportedLines, grain, predictions, caller.Actor, http.RequestAborted);
            http.Response.StatusCode = report.Refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.ImportReport), http.RequestAborted);
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
        catch (Sylvan.Data.Csv.CsvFormatException e)
        {
            await Problems.WriteAsync(http, Refusals.Invalid($"The body is not CSV: {e.Message}"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", "The body is larger than an import may be: split the file.");
        }
    }

    private static async Task<ImportReport> RunAsync(
        HttpRequest request, bool csv, LabelSchema schema, bool skipBad, int reported, IJobGrain job, IPredictionsGrain predictions, string actor, CancellationToken cancellationToken)
    {
        // The body is kept in a file while it is checked, so that memory stays flat and nothing is taken of a file with bad lines.
        var path = Path.Combine(Path.GetTempPath(), "crowd-import-" + Secrets.New());
        await using var spool = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        await request.Body.CopyToAsync(spool, cancellationToken);

        var check = new Tally(reported);
        if (!skipBad)
        {
            spool.Position = 0;
            await foreach (var line in ReadAsync(spool, csv, new(schema) { OnlyChecks = true }, cancellationToken))
                check.Count(line);
            if (check.Bad > 0)
                return check.Report(0, 0, refused: true);
        }

        spool.Position = 0;
        return await TakeAsync(spool, csv, schema, reported, job, predictions, actor, cancellationToken);
    }

    private static async Task<ImportReport> TakeAsync(
        Stream spool, bool csv, LabelSchema schema, int reported, IJobGrain job, IPredictionsGrain predictions, string actor, CancellationToken cancellationToken)
    {
        var import = Secrets.New();
        var tally = new Tally(reported);
        var (added, known) = (0L, 0L);
        var drafts = new List<TaskDraft>(IJobGrain.MostDrafts);
        var numbers = new List<long>(IJobGrain.MostDrafts);
        Task<Outcome<AddedTasks>>? running = null;
        List<long> runningNumbers = [];
        List<TaskDraft> runningDrafts = [];

        // One part is written while the next is read.
        async Task FinishAsync()
        {
            if (running is null)
                return;
            var result = (await running).OrThrow();
            added += result.Added;
            known += result.Known;

            // A task that was there already may come with predictions that were not; those that were change nothing.
            if (result.Known > 0)
                await AddPredictionsAsync(predictions, runningDrafts, runningNumbers, tally, actor);
            foreach (var conflict in result.Conflicts)
                tally.AddBad(new(runningNumbers[conflict], "EXTERNAL_ID_CONFLICT", "a task with this externalId is there with other content: give another id."));
        }

        async Task SendAsync()
        {
            await FinishAsync();
            (runningNumbers, runningDrafts) = (numbers, drafts);
            running = job.AddTasksAsync(import, drafts, actor);
            (drafts, numbers) = (new(IJobGrain.MostDrafts), new(IJobGrain.MostDrafts));
        }

        await foreach (var line in ReadAsync(spool, csv, new(schema), cancellationToken))
        {
            tally.Count(line);
            if (line.Draft is null)
                continue;
            drafts.Add(line.Draft);
            numbers.Add(line.Number);
            if (drafts.Count == IJobGrain.MostDrafts)
                await SendAsync();
        }

        if (drafts.Count > 0)
            await SendAsync();
        await FinishAsync();
        return tally.Report(added, known, refused: false);
    }

    private static async Task AddPredictionsAsync(IPredictionsGrain grain, List<TaskDraft> drafts, List<long> numbers, Tally tally, string actor)
    {
        var said = drafts.Zip(numbers).SelectMany(d => (d.First.Predictions ?? []).Select(p => (Draft: new PredictionDraft(null, d.First.ExternalId, p), Number: d.Second)));
        foreach (var chunk in said.Chunk(PredictionsAdded.MaxPredictions))
        {
            foreach (var (place, why) in (await grain.AddAsync([.. chunk.Select(c => c.Draft)], actor)).OrThrow().Refused)
                tally.AddBad(new(chunk[place].Number, Refusals.Code(why.Code), why.Message));
        }
    }

    private static IAsyncEnumerable<ImportedLine> ReadAsync(Stream spool, bool csv, TaskLine line, CancellationToken cancellationToken) => csv
        ? ImportSource.CsvAsync(spool, line, cancellationToken)
        : ImportSource.JsonLinesAsync(PipeReader.Create(spool, new(bufferSize: 1 << 16, leaveOpen: true)), line, cancellationToken);

    private sealed class Tally(int reported)
    {
        private readonly List<BadLine> _bad = [];

        public long Lines { get; private set; }

        public long Bad { get; private set; }

        public void Count(ImportedLine line)
        {
            Lines++;
            if (line.Code.Length > 0)
                AddBad(new(line.Number, line.Code, line.Message));
        }

        public void AddBad(BadLine line)
        {
            Bad++;
            if (_bad.Count < reported)
                _bad.Add(line);
        }

        public ImportReport Report(long added, long known, bool refused) => new() { Lines = Lines, Added = added, Known = known, Bad = Bad, Refused = refused, BadLines = _bad };
    }
}
