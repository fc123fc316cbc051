using System.Globalization;
using System.Text;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;

namespace Crowd.Api.Bulk;

/// <summary>
/// <c>GET /jobs/{id}/results</c>: every task of the job with its label, as JSON lines or, with <c>?format=csv</c> or <c>Accept: text/csv</c>, as CSV. Streamed: the
/// size does not matter. The last line of JSON is <c>{"end":true,"tasks":n}</c>, so that a broken download is known as one.
/// </summary>
internal static class ExportEndpoint
{
    private const int FlushEvery = 500;

    private const string Query =
        """
        select t.task_id, t.external_id, t.stage, t.label, t.confidence, t.decided_by, t.final_label, t.final_confidence, t.final_method, t.answers, t.spent, t.gold,
          t.metadata, t.decided_at, i.input
        from tasks t left join inputs i on i.hash = t.input_hash where t.job_id = @job order by t.task_id
        """;

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (!Id.TryParse<JobId>(http.Request.RouteValues["id"] as string, out var id))
                throw Refusals.NotFound("such job, or you may not see it");
            await http.RequestServices.GetRequiredService<JobReads>().ForReaderAsync(id, http.Caller(), http.RequestAborted);
            var csv = http.Request.Query["format"] is ["csv"] || http.Request.Headers.Accept.ToString().StartsWith("text/csv", StringComparison.OrdinalIgnoreCase);
            http.Response.ContentType = csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.{(csv ? "csv" : "jsonl")}\"";
            var rows = http.RequestServices.GetRequiredService<Reads>().StreamAsync<ResultRow>(Query, new { job = id.Value }, http.RequestAborted);
            await (csv ? CsvAsync(http, rows) : JsonAsync(http, rows));
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known && !http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, known);
        }
    }

    private static async Task JsonAsync(HttpContext http, IAsyncEnumerable<ResultRow> rows)
    {
        var body = http.Response.BodyWriter;
        await using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        var count = 0L;
        await foreach (var row in rows)
        {
            row.Write(writer);
            await NewLineAsync(writer, body, ++count % FlushEvery == 0, http.RequestAborted);
        }

        writer.WriteStartObject();
        writer.WriteBoolean("end", true);
        writer.WriteNumber("tasks", count);
        writer.WriteEndObject();
        await NewLineAsync(writer, body, flush: true, http.RequestAborted);
    }

    private static async Task NewLineAsync(Utf8JsonWriter writer, System.IO.Pipelines.PipeWriter body, bool flush, CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken);
        writer.Reset();
        body.GetSpan(1)[0] = (byte)'\n';
        body.Advance(1);
        if (flush)
            await body.FlushAsync(cancellationToken);
    }

    private static async Task CsvAsync(HttpContext http, IAsyncEnumerable<ResultRow> rows)
    {
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        await text.WriteAsync("taskId,externalId,stage,label,confidence,decidedBy,decidedLabel,decidedConfidence,answers,spentMicros,gold,input,metadata\r\n");
        await foreach (var row in rows)
        {
            var final = row.FinalLabel ?? (row.Stage == "decided" ? row.Label : null);
            string?[] cells =
            [
                row.TaskId, row.ExternalId, row.Stage, Short(final), (row.FinalConfidence ?? row.Confidence)?.ToString("R", CultureInfo.InvariantCulture), row.DecidedBy,
                row.Stage == "decided" ? Short(row.Label) : null, row.Confidence?.ToString("R", CultureInfo.InvariantCulture), row.Answers.ToString(CultureInfo.InvariantCulture),
                row.Spent.ToString(CultureInfo.InvariantCulture), Short(row.Gold), row.Input, row.Metadata,
            ];
            await text.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n");
        }
    }

    /// <summary>A label as one cell: as it is for a choice, a rating, a number, a text or a side; else its JSON.</summary>
    private static string? Short(string? json) => json is null ? null : JsonSerializer.Deserialize(json, DomainJson.Default.Answer) switch
    {
        Answer.Choice a => a.Label,
        Answer.Rated a => a.Value.ToString(CultureInfo.InvariantCulture),
        Answer.Numeric a => a.Value.ToString("R", CultureInfo.InvariantCulture),
        Answer.Written a => a.Text,
        Answer.Preferred a => a.Side.ToString().ToLowerInvariant(),
        _ => json,
    };

    /// <summary>A cell in quotes where it needs them; a leading sign that a spreadsheet would take for a formula is kept from being one.</summary>
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        if (value[0] is '=' or '@' or '\t' or '\r' || (value[0] is '+' or '-' && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    private sealed class ResultRow
    {
        public string TaskId { get; set; } = "";

        public string ExternalId { get; set; } = "";

        public string Stage { get; set; } = "";

        public string? Label { get; set; }

        public double? Confidence { get; set; }

        public string? DecidedBy { get; set; }

        public string? FinalLabel { get; set; }

        public double? FinalConfidence { get; set; }

        public string? FinalMethod { get; set; }

        public long Answers { get; set; }

        public long Spent { get; set; }

        public string? Gold { get; set; }

        public string? Metadata { get; set; }

        public long? DecidedAt { get; set; }

        public string? Input { get; set; }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("taskId", TaskId);
            writer.WriteString("externalId", ExternalId);
            writer.WriteString("stage", Stage);
            Raw(writer, "label", FinalLabel ?? (Stage == "decided" ? Label : null));
            if ((FinalConfidence ?? Confidence) is { } confidence)
                writer.WriteNumber("confidence", confidence);
            if (Stage == "decided")
            {
                writer.WriteString("decidedBy", DecidedBy);
                Raw(writer, "decidedLabel", Label);
                writer.WriteNumber("decidedConfidence", Confidence ?? 0);
                writer.WriteString("decidedAt", Journal.Instants.FromMicroseconds(DecidedAt ?? 0));
            }

            if (FinalMethod is not null)
                writer.WriteString("finalMethod", FinalMethod);
            writer.WriteNumber("answers", Answers);
            writer.WriteNumber("spentMicros", Spent);
            Raw(writer, "gold", Gold);
            Raw(writer, "input", Input);
            Raw(writer, "metadata", Metadata);
            writer.WriteEndObject();
        }

        private static void Raw(Utf8JsonWriter writer, string name, string? json)
        {
            if (json is null)
                return;
            writer.WritePropertyName(name);
            writer.WriteRawValue(json, skipInputValidation: true);
        }
    }
}
