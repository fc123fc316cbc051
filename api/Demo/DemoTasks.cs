using System.Text;
using System.Text.Json;
using Crowd.Api.Bulk;
using Sylvan.Data.Csv;

namespace Crowd.Api.Demo;

/// <summary>The tasks of a demo with the truth about each, which only the simulated workers and the final table know.</summary>
internal sealed record DemoTasks(byte[] Upload, string ContentType, IReadOnlyDictionary<string, string> Truth, IReadOnlyList<string> Labels)
{
    private const int MostLabels = 50;

    /// <summary>Reads JSON lines or, for a name that ends in <c>.csv</c>, CSV; null for the texts that come with the program.</summary>
    /// <exception cref="InvalidDataException">A line has no truth, or there are too few or too many labels.</exception>
    public static async Task<DemoTasks> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        var bytes = file is null ? Embedded() : await File.ReadAllBytesAsync(file, cancellationToken);
        var csv = file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) is true;
        var truth = csv ? await FromCsvAsync(bytes, cancellationToken) : FromJson(bytes);
        var labels = truth.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return labels.Length is >= 2 and <= MostLabels
            ? new(bytes, csv ? "text/csv" : "application/x-ndjson", truth, labels)
            : throw new InvalidDataException($"The tasks have {labels.Length} different truths; the demo takes 2 to {MostLabels}, since they become the labels of a choice.");
    }

    /// <summary>How a task is found again: by its input, in one way of writing it.</summary>
    public static string KeyOf(JsonElement input) => JsonSerializer.Serialize(input, ApiJson.Default.JsonElement);

    private static byte[] Embedded()
    {
        using var stream = typeof(DemoTasks).Assembly.GetManifestResourceStream("texts.jsonl") ?? throw new InvalidOperationException("The demo's texts are not part of this build.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static Dictionary<string, string> FromJson(byte[] bytes)
    {
        var truth = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            TaskFields? fields;
            try
            {
                fields = JsonSerializer.Deserialize(line, TaskLineJson.Default.TaskFields);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"Line {number} is not a task: {e.Message.Split(" Path:")[0]}", e);
            }

            if (fields?.Truth is not { ValueKind: JsonValueKind.String } known)
                throw new InvalidDataException($"Line {number} has no \"truth\": the demo needs one to simulate workers and to measure the result.");
            truth[KeyOf(fields.Input)] = known.GetString()!;
        }

        return truth;
    }

    private static async Task<Dictionary<string, string>> FromCsvAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var truth = new Dictionary<string, string>(StringComparer.Ordinal);
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        await using var csv = await CsvDataReader.CreateAsync(text, null, cancellationToken);
        var columns = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
        var at = Array.IndexOf(columns, "truth");
        if (at < 0)
            throw new InvalidDataException("The file has no column 'truth': the demo needs one to simulate workers and to measure the result.");
        while (await csv.ReadAsync(cancellationToken))
            truth[KeyOf(ImportSource.InputOf(csv, columns))] = csv.GetString(at);
        return truth;
    }
}
