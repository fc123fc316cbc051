using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>Scores of a reward model for one task.</summary>
/// <param name="TaskId">The task, or else:</param>
/// <param name="ExternalId">the requester's own id of it.</param>
/// <param name="Scores">Of its responses: left and right of a pair, or the items of a ranking in their order. Any scale in logits.</param>
internal sealed record RewardLine(string? TaskId, string? ExternalId, IReadOnlyList<double>? Scores);

/// <summary>What became of scores.</summary>
/// <param name="Added">Predictions added.</param>
/// <param name="Known">Predictions that were there already.</param>
/// <param name="Refused">Lines refused, by number from 1, and why.</param>
internal sealed record RewardReport(int Added, int Known, IReadOnlyList<RefusedLine> Refused);

/// <summary>A line that was refused.</summary>
internal sealed record RefusedLine(int Line, string Code, string Message);

/// <summary>
/// <c>POST /jobs/{id}/rewards?model=…&amp;version=…</c>: a reward model's scores as JSON lines, kept as predictions of the version. Of a pair the better response is
/// predicted with the probability 1 / (1 + e^(−difference)) (Bradley and Terry 1952); of a ranking the order of the scores.
/// </summary>
internal static class RewardEndpoint
{
    /// <summary>Most lines of one request.</summary>
    public const int MostLines = 20_000;

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            var caller = http.Caller();
            var job = await http.RequestServices.GetRequiredService<JobReads>().ForMemberAsync(id, caller, MemberRole.Editor, http.RequestAborted);
            if (job.Specification.Schema is not (LabelSchema.Pairwise or LabelSchema.Ranking))
                throw Refusals.Invalid("Scores of responses are taken by pairwise and ranking jobs.");
            if (http.Request.Query["model"] is not [{ Length: > 0 } model] || http.Request.Query["version"] is not [{ Length: > 0 } version])
                throw Refusals.Invalid("Give model and version, as in ?model=reward&version=3.");
            var report = await TakeAsync(http, id, job.Specification.Schema, model, version, caller.Actor);
            http.Response.StatusCode = report is { Added: 0, Known: 0, Refused.Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.RewardReport), http.RequestAborted);
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
    }

    private static async Task<RewardReport> TakeAsync(HttpContext http, JobId job, LabelSchema schema, string model, string version, string actor)
    {
        var reads = http.RequestServices.GetRequiredService<Reads>();
        var grain = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IPredictionsGrain>(job.Value);
        var (added, known, line, refused, drafts) = (0, 0, 0, new List<RefusedLine>(), new List<(int Line, PredictionDraft Draft)>());
        using var reader = new StreamReader(http.Request.Body);
        while (await reader.ReadLineAsync(http.RequestAborted) is { } text)
        {
            if (++line > MostLines)
                throw new GraphQL.GraphQLException($"At most {MostLines} lines are taken at once: split the file. Those before line {line - drafts.Count} were taken.", "LIMIT_EXCEEDED");
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var (draft, why) = await DraftAsync(text, job, schema, model, version, reads, http.RequestAborted);
            if (draft is null)
                refused.Add(new(line, "INVALID", why!));
            else
                drafts.Add((line, draft));
            if (drafts.Count == PredictionsAdded.MaxPredictions)
                await FlushAsync();
        }

        await FlushAsync();
        return new(added, known, [.. refused.OrderBy(r => r.Line)]);

        async Task FlushAsync()
        {
            if (drafts.Count == 0)
                return;
            var outcome = (await grain.AddAsync([.. drafts.Select(d => d.Draft)], actor)).OrThrow();
            added += outcome.Added;
            known += outcome.Known;
            refused.AddRange(outcome.Refused.Select(r => new RefusedLine(drafts[r.Place].Line, Refusals.Code(r.Why.Code), r.Why.Message)));
            drafts.Clear();
        }
    }

    private static async Task<(PredictionDraft? Draft, string? Why)> DraftAsync(
        string text, JobId job, LabelSchema schema, string model, string version, Reads reads, CancellationToken cancellationToken)
    {
        RewardLine? given;
        try
        {
            given = JsonSerializer.Deserialize(text, ApiJson.Default.RewardLine);
        }
        catch (JsonException)
        {
            return (null, "The line is not JSON of the form {\"externalId\":…,\"scores\":[…]}.");
        }

        if (given?.Scores is not { Count: >= 2 } scores || !scores.All(double.IsFinite))
            return (null, "scores: give a number for each response.");
        TaskId? task = null;
        if (given.TaskId is not null)
        {
            if (!Id.TryParse<TaskId>(given.TaskId, out var id))
                return (null, "taskId: this is not the id of a task (task_…).");
            task = id;
        }

        var draft = new PredictionDraft(task, given.ExternalId, new() { Model = model, Version = version, Label = new Answer.Preferred(Side.Tie) });
        if (schema is LabelSchema.Pairwise)
        {
            if (scores.Count != 2)
                return (null, "scores: give two, of the left and the right response.");
            var left = 1 / (1 + Math.Exp(scores[1] - scores[0]));
            var prediction = draft.Prediction with
            {
                Label = new Answer.Preferred(left >= 0.5 ? Side.Left : Side.Right),
                Confidence = Math.Max(left, 1 - left),
                Scores = new([new("left", left), new("right", 1 - left)]),
            };
            return (draft with { Prediction = prediction }, null);
        }

        var input = await reads.FirstAsync<string>(
            $"select i.input from tasks t join inputs i on i.hash = t.input_hash where t.job_id = @job and {(task is null ? "t.external_id = @external" : "t.task_id = @task")}",
            new { job = job.Value, external = given.ExternalId, task = task?.Value }, cancellationToken);
        if (input is null)
            return (null, "There is no such task in this job.");
        using var json = JsonDocument.Parse(input);
        var items = TaskInput.Of(json.RootElement).Items!;
        return items.Count != scores.Count
            ? (null, $"scores: give {items.Count}, one for each item.")
            : (draft with { Prediction = draft.Prediction with { Label = new Answer.Ranked(new(Enumerable.Range(0, items.Count).OrderByDescending(i => scores[i]).Select(i => items[i]))) } }, null);
    }
}
