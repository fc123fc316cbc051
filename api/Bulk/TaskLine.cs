using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd.Api.Loop;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;

namespace Crowd.Api.Bulk;

/// <summary>One line of an import: <c>{"input": …, "externalId": …, "priority": …, "gold": …, "metadata": …, "predictions": […]}</c>; only the input is needed.</summary>
internal sealed class TaskLine(LabelSchema schema)
{
    private const int ExternalIdLength = 200;
    private const int MetadataLength = 16 * 1024;

    private readonly byte[] _hash = new byte[32];
    private PredictionLine? _predicted;

    private PredictionLine Predicted => _predicted ??= new(schema);

    /// <summary>Whether lines are only looked at: a good one has no draft then, and no code.</summary>
    public bool OnlyChecks { get; init; }

    /// <summary>Reads a JSON line.</summary>
    /// <returns>The draft, or what is wrong with the line: its code is empty when nothing is.</returns>
    public (TaskDraft? Draft, string Code, string Message) Read(ReadOnlySpan<byte> line)
    {
        TaskFields? fields;
        try
        {
            fields = JsonSerializer.Deserialize(line, TaskLineJson.Default.TaskFields);
        }
        catch (JsonException e)
        {
            return (null, "JSON_INVALID", $"not a JSON object of a task: {Brief(e)}");
        }

        return fields is null ? (null, "JSON_INVALID", "an object is wanted, not null.") : Check(fields);
    }

    /// <summary>Checks what a line says.</summary>
    public (TaskDraft? Draft, string Code, string Message) Check(TaskFields fields)
    {
        if (fields.Input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return (null, "INPUT_MISSING", "give the task an 'input'.");
        var bytes = JsonMarshal.GetRawUtf8Value(fields.Input);
        if (bytes.Length > TaskInput.MaxBytes)
            return (null, "INPUT_TOO_LARGE", $"the input has {bytes.Length} bytes; at most {TaskInput.MaxBytes} are taken.");
        if (fields.ExternalId is { Length: 0 or > ExternalIdLength })
            return (null, "EXTERNAL_ID_INVALID", $"give an externalId of 1 to {ExternalIdLength} characters, or none.");
        if (Math.Abs((long)fields.Priority) > JobDecider.PriorityLimit)
            return (null, "PRIORITY_INVALID", $"give a priority from -{JobDecider.PriorityLimit} to {JobDecider.PriorityLimit}.");
        if (fields.Metadata is { } metadata && metadata.GetRawText().Length > MetadataLength)
            return (null, "METADATA_TOO_LARGE", $"metadata has at most {MetadataLength} characters.");
        var parts = schema.ReadsInput || schema is LabelSchema.Pairwise ? TaskInput.Of(fields.Input) : TaskInput.Unknown;
        if (schema.CheckInput(parts) is [var lacking, ..])
            return (null, "INPUT_INVALID", lacking.Message);
        Answer? gold = null;
        if (fields.Gold is { } known)
        {
            gold = GoldOf(known);
            if (gold is null)
                return (null, "GOLD_INVALID", "the gold answer is not of the job's kind of label.");
            if (schema.Fit(gold, parts) is [var wrong, ..])
                return (null, "GOLD_INVALID", $"the gold answer does not fit: {wrong.Message}");
            gold = schema.Normalise(gold);
        }

        List<Prediction>? predictions = null;
        if (fields.Predictions is { Length: > 0 } said)
        {
            if (said.Length > NewTask.MaxPredictions)
                return (null, "PREDICTION_INVALID", $"a task comes with at most {NewTask.MaxPredictions} predictions.");
            predictions = [];
            foreach (var one in said)
            {
                var (prediction, message) = Predicted.Check(one, parts);
                if (prediction is null)
                    return (null, "PREDICTION_INVALID", message);
                if (predictions.Exists(p => p.Model == prediction.Model && p.Version == prediction.Version))
                    return (null, "PREDICTION_INVALID", $"version {prediction.Version} of {prediction.Model} stands twice.");
                predictions.Add(prediction);
            }
        }

        if (OnlyChecks)
            return (null, "", "");
        System.Security.Cryptography.SHA256.HashData(bytes, _hash);
        var hash = Convert.ToHexStringLower(_hash);
        return (new()
        {
            // Without an id of the requester's own, the content is the id: the same file sent again adds nothing.
            ExternalId = fields.ExternalId ?? $"sha256:{hash}",
            Input = Encoding.UTF8.GetString(bytes),
            InputHash = hash,
            Priority = fields.Priority,
            Gold = gold,
            Metadata = fields.Metadata,
            Predictions = predictions,
        }, "", "");
    }

    /// <summary>A gold answer in full (<c>{"kind":"choice","label":"cat"}</c>) or in short (<c>"cat"</c>, <c>4</c>, <c>["a","b"]</c>, <c>"left"</c>).</summary>
    internal Answer? GoldOf(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => JsonSerializer.Deserialize(json, DomainJson.Default.Answer),
                JsonValueKind.String when schema is LabelSchema.SingleChoice => new Answer.Choice(json.GetString()!),
                JsonValueKind.String when schema is LabelSchema.FreeText => new Answer.Written(json.GetString()!),
                JsonValueKind.String when schema is LabelSchema.Pairwise && Enum.TryParse<Side>(json.GetString(), ignoreCase: true, out var side) => new Answer.Preferred(side),
                JsonValueKind.Number when schema is LabelSchema.Rating && json.TryGetInt32(out var point) => new Answer.Rated(point),
                JsonValueKind.Number when schema is LabelSchema.Number => new Answer.Numeric(json.GetDouble()),
                JsonValueKind.Array when schema is LabelSchema.MultiChoice => new Answer.Choices(new(Texts(json))),
                JsonValueKind.Array when schema is LabelSchema.Ranking => new Answer.Ranked(new(Texts(json))),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(e => e.GetString() ?? "").ToArray();

    private static string Brief(JsonException e) => e.Message.Split(" Path:")[0];
}

/// <summary>What a line may say.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TaskFields
{
    public JsonElement Input { get; init; }

    public string? ExternalId { get; init; }

    public int Priority { get; init; }

    public JsonElement? Gold { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>What models say of the task, oldest first.</summary>
    public PredictionFields[]? Predictions { get; init; }

    /// <summary>For the demo's own measure; the server does not look at it.</summary>
    public JsonElement? Truth { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TaskFields))]
internal sealed partial class TaskLineJson : JsonSerializerContext;
