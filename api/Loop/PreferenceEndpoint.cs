using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;

namespace Crowd.Api.Loop;

/// <summary>
/// <c>GET /jobs/{id}/preferences?as=…</c>: what a pairwise, ranking or rating job found, as JSON lines that preference trainers read. <c>explicit</c> (default) has
/// prompt, chosen and rejected; <c>implicit</c> has the prompt at the beginning of chosen and rejected; <c>rankings</c> has prompt and responses, best first;
/// <c>ratings</c> has prompt, completion, rating and label (true from the middle of the scale on); <c>scores</c> has a Bradley-Terry score for each response, and
/// <c>workers</c> how far each worker can be relied on. Ties make no pair.
/// </summary>
internal static class PreferenceEndpoint
{
    private static readonly string[] Forms = ["explicit", "implicit", "rankings", "ratings", "scores", "workers"];

    private const string Ratings =
        """
        select t.task_id, t.label, t.final_label, t.confidence, i.input
        from tasks t join inputs i on i.hash = t.input_hash where t.job_id = @job and t.stage = 'decided' and t.gold is null order by t.task_id
        """;

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            var job = await http.RequestServices.GetRequiredService<JobReads>().ForReaderAsync(id, http.Caller(), http.RequestAborted);
            var form = http.Request.Query["as"] is [{ Length: > 0 } given] ? given : "explicit";
            if (!Forms.Contains(form, StringComparer.Ordinal))
                throw Refusals.Invalid($"as: give one of {string.Join(", ", Forms)}.");
            var schema = job.Specification.Schema;
            if (schema is LabelSchema.Rating != (form == "ratings") || schema is not (LabelSchema.Rating or LabelSchema.Pairwise or LabelSchema.Ranking))
                throw Refusals.Invalid("Ratings come from rating jobs, everything else from pairwise and ranking jobs.");
            var reads = http.RequestServices.GetRequiredService<Reads>();
            var data = form == "ratings" ? null : await PreferenceData.ReadAsync(id, schema, reads, http.RequestAborted);
            http.Response.ContentType = "application/x-ndjson";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}-{form}.jsonl\"";
            await (data is null ? RatingsAsync(http, id, (LabelSchema.Rating)schema, reads) : WriteAsync(http, data, form));
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known && !http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, known);
        }
    }

    private static async Task WriteAsync(HttpContext http, PreferenceData data, string form)
    {
        await using var lines = new JsonLines(http.Response.BodyWriter);
        if (form == "scores")
        {
            for (var i = 0; i < data.Responses.Count; i++)
                await lines.WriteAsync(w => Score(w, data, i), http.RequestAborted);
            return;
        }

        if (form == "workers")
        {
            foreach (var (worker, number) in data.Workers)
                await lines.WriteAsync(w => Worker(w, data, worker, number), http.RequestAborted);
            return;
        }

        foreach (var task in data.Tasks)
        {
            if (form == "rankings")
            {
                await lines.WriteAsync(w => Ranking(w, data, task), http.RequestAborted);
                continue;
            }

            foreach (var (chosen, rejected) in Pairs(task))
                await lines.WriteAsync(w => Pair(w, data, task, chosen, rejected, isImplicit: form == "implicit"), http.RequestAborted);
        }
    }

    private static IEnumerable<(int Chosen, int Rejected)> Pairs(PreferenceTask task)
    {
        for (var i = 0; i < task.Order.Count; i++)
        {
            for (var j = i + 1; j < task.Order.Count; j++)
                yield return (task.Order[i][0], task.Order[j][0]);
        }
    }

    private static void Pair(Utf8JsonWriter w, PreferenceData data, PreferenceTask task, int chosen, int rejected, bool isImplicit)
    {
        if (!isImplicit)
            Raw(w, "prompt", task.Prompt);
        Raw(w, "chosen", isImplicit ? Joined(task.Prompt, data.Responses[chosen].Response) : data.Responses[chosen].Response);
        Raw(w, "rejected", isImplicit ? Joined(task.Prompt, data.Responses[rejected].Response) : data.Responses[rejected].Response);
        w.WriteNumber("score_chosen", Rounded(data.Scores.Scores[chosen]));
        w.WriteNumber("score_rejected", Rounded(data.Scores.Scores[rejected]));
        w.WriteNumber("margin", Rounded(data.Scores.Scores[chosen] - data.Scores.Scores[rejected]));
        Trust(w, task);
    }

    private static void Ranking(Utf8JsonWriter w, PreferenceData data, PreferenceTask task)
    {
        Raw(w, "prompt", task.Prompt);
        w.WriteStartArray("responses");
        foreach (var item in task.Order.SelectMany(o => o))
            w.WriteRawValue(data.Responses[item].Response);
        w.WriteEndArray();
        w.WriteStartArray("scores");
        foreach (var item in task.Order.SelectMany(o => o))
            w.WriteNumberValue(Rounded(data.Scores.Scores[item]));
        w.WriteEndArray();
        w.WriteBoolean("tied", task.Order.Count == 1);
        Trust(w, task);
    }

    private static void Trust(Utf8JsonWriter w, PreferenceTask task)
    {
        if (task.Confidence is { } confidence)
            w.WriteNumber("confidence", Rounded(confidence));
        if (!double.IsNaN(task.Agreement))
            w.WriteNumber("agreement", Rounded(task.Agreement));
        w.WriteNumber("answers", task.Answers);
        w.WriteString("taskId", task.TaskId);
    }

    private static void Score(Utf8JsonWriter w, PreferenceData data, int i)
    {
        Raw(w, "prompt", data.Responses[i].Prompt);
        Raw(w, "completion", data.Responses[i].Response);
        w.WriteNumber("score", Rounded(data.Scores.Scores[i]));
        w.WriteNumber("error", Rounded(data.Scores.Errors[i]));
        w.WriteNumber("comparisons", data.Counts[i]);
        w.WriteString("method", data.Scores.Method);
    }

    private static void Worker(Utf8JsonWriter w, PreferenceData data, string worker, int number)
    {
        w.WriteString("worker", worker);
        if (double.IsFinite(data.Scores.Reliabilities[number]))
            w.WriteNumber("reliability", Rounded(data.Scores.Reliabilities[number]));
        w.WriteNumber("agreement", Rounded(data.Agreements[number].Sum / data.Agreements[number].Count));
        w.WriteNumber("answers", data.Agreements[number].Count);
    }

    private static async Task RatingsAsync(HttpContext http, JobId job, LabelSchema.Rating schema, Reads reads)
    {
        await using var lines = new JsonLines(http.Response.BodyWriter);
        await foreach (var row in reads.StreamAsync<RatingRow>(Ratings, new { job = job.Value }, http.RequestAborted))
        {
            if ((row.FinalLabel ?? row.Label) is not { } label || JsonSerializer.Deserialize(label, DomainJson.Default.Answer) is not Answer.Rated rated)
                continue;
            using var json = JsonDocument.Parse(row.Input);
            var input = json.RootElement;
            await lines.WriteAsync(w =>
            {
                Raw(w, "prompt", PreferenceData.Property(input, "prompt")?.GetRawText() ?? "\"\"");
                Raw(w, "completion", PreferenceData.ResponseOf(PreferenceData.Property(input, "response") ?? PreferenceData.Property(input, "completion") ?? input));
                w.WriteNumber("rating", rated.Value);
                w.WriteBoolean("label", 2 * rated.Value >= schema.From + schema.To);
                if (row.Confidence is { } confidence)
                    w.WriteNumber("confidence", Rounded(confidence));
                w.WriteString("taskId", row.TaskId);
            }, http.RequestAborted);
        }
    }

    /// <summary>Prompt and response as one: texts put together, or lists of messages.</summary>
    internal static string Joined(string prompt, string response)
    {
        using var first = JsonDocument.Parse(prompt);
        using var second = JsonDocument.Parse(response);
        return (first.RootElement.ValueKind, second.RootElement.ValueKind) switch
        {
            (JsonValueKind.Array, JsonValueKind.Array) => $"[{string.Join(',', first.RootElement.EnumerateArray().Concat(second.RootElement.EnumerateArray()).Select(e => e.GetRawText()))}]",
            _ => JsonSerializer.Serialize(Plain(first.RootElement) + Plain(second.RootElement), ApiJson.Default.String),
        };

        static string Plain(JsonElement e) => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText();
    }

    private static double Rounded(double value) => Math.Round(value, 6);

    private static void Raw(Utf8JsonWriter w, string name, string json)
    {
        w.WritePropertyName(name);
        w.WriteRawValue(json);
    }

    private sealed class RatingRow
    {
        public string TaskId { get; set; } = "";

        public string? Label { get; set; }

        public string? FinalLabel { get; set; }

        public double? Confidence { get; set; }

        public string Input { get; set; } = "";
    }
}
