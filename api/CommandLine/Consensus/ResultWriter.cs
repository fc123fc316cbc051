using System.Text.Json;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Writes labels, workers and the fit.</summary>
internal static class ResultWriter
{
    public static void Labels(string path, Aggregated result)
    {
        using var writer = CsvFiles.Create(path);
        writer.Write(string.Join(',', result.Header));
        writer.Write('\n');
        foreach (var row in result.Rows)
        {
            writer.Write(string.Join(',', row.Select(CsvFiles.Field)));
            writer.Write('\n');
        }
    }

    public static void Workers(string path, Aggregated result)
    {
        using var writer = CsvFiles.Create(path);
        writer.Write("worker,answers,reliability,low,high,weight\n");
        foreach (var worker in result.Workers)
        {
            writer.Write($"{CsvFiles.Field(worker.Id)},{worker.Answers},{CsvFiles.Field(worker.Reliability)},");
            writer.Write($"{CsvFiles.Field(worker.Low)},{CsvFiles.Field(worker.High)},{CsvFiles.Field(worker.Weight)}\n");
        }
    }

    public static void Votes(string path, Aggregated result)
    {
        using var writer = CsvFiles.Create(path);
        writer.Write("task,worker,label,weight\n");
        foreach (var vote in result.Votes)
            writer.Write($"{CsvFiles.Field(vote.Task)},{CsvFiles.Field(vote.Worker)},{CsvFiles.Field(vote.Label)},{CsvFiles.Field(vote.Weight)}\n");
    }

    public static void Fit(string path, Aggregated result, AnswerTable table, LabelType type)
    {
        using var writer = CsvFiles.Create(path);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", type.ToString().ToLowerInvariant());
            json.WriteString("method", result.Method);
            json.WriteNumber("tasks", table.TaskIds.Length);
            json.WriteNumber("workers", table.WorkerIds.Length);
            json.WriteNumber("answers", table.Count);
            json.WriteNumber("repeatedAnswers", table.Repeated());
            json.WriteNumber("rounds", result.Fit.Rounds);
            json.WriteBoolean("converged", result.Fit.Converged);
            Number(json, "logLikelihood", result.Fit.LogLikelihood);
            json.WriteString("note", result.Fit.Note);
            if (result.LabelShares is { } shares)
            {
                json.WriteStartObject("labelShares");
                foreach (var (label, share) in shares) Number(json, label, share);
                json.WriteEndObject();
            }

            if (result.Calibration is { } calibration)
            {
                json.WriteStartObject("calibration");
                Number(json, "temperature", calibration.Temperature);
                Number(json, "labelShares", calibration.Doubt);
                Number(json, "votes", calibration.Votes);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        writer.Write(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        writer.Write('\n');
    }

    /// <summary>JSON has no NaN: null where there is no value.</summary>
    public static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
