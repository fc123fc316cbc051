using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd.Api.Bulk;
using Crowd.Domain;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>
/// A prediction as programs write it: <c>{"model": …, "version": …, "label": "cat", "confidence": 0.9, "scores": {"cat": 0.9, "dog": 0.1}, "rationale": …}</c>, and in
/// a file of predictions <c>"task"</c> or <c>"externalId"</c> as well. A label or scores are needed.
/// </summary>
internal sealed class PredictionLine(LabelSchema schema)
{
    private readonly TaskLine _labels = new(schema);

    /// <summary>Reads a line of a file of predictions.</summary>
    public (PredictionDraft? Draft, string Code, string Message) Read(ReadOnlySpan<byte> line)
    {
        PredictionFields? fields;
        try
        {
            fields = JsonSerializer.Deserialize(line, PredictionLineJson.Default.PredictionFields);
        }
        catch (JsonException e)
        {
            return (null, "JSON_INVALID", $"not a JSON object of a prediction: {e.Message.Split(" Path:")[0]}");
        }

        if (fields is null)
            return (null, "JSON_INVALID", "an object is wanted, not null.");
        TaskId task = default;
        if (fields.Task is not null && !Id.TryParse(fields.Task, out task))
            return (null, "TASK_INVALID", "the task is no id of the form task_….");
        if (fields.Task is null == fields.ExternalId is null)
            return (null, "TASK_MISSING", "give exactly one of task and externalId.");
        var (prediction, message) = Check(fields, TaskInput.Unknown);
        return prediction is null ? (null, "PREDICTION_INVALID", message) : (new(fields.Task is null ? null : task, fields.ExternalId, prediction), "", "");
    }

    /// <summary>Reads the fields of a prediction and checks them.</summary>
    public (Prediction? Prediction, string Message) Check(PredictionFields fields, TaskInput input)
    {
        Answer? label = null;
        if (fields.Label is { ValueKind: not JsonValueKind.Null } given && (label = _labels.GoldOf(given)) is null)
            return (null, "the label is not of the job's kind.");
        var (made, message) = Make(schema, fields.Model, fields.Version, label, fields.Confidence, fields.Scores?.Select(s => new ClassScore(s.Key, s.Value)), fields.Rationale);
        return made is not null && made.Check(schema, input) is [var wrong, ..] ? (null, $"{wrong.Path}: {wrong.Message}") : (made?.Normalise(schema), message);
    }

    /// <summary>A prediction from its parts: without a label that of the highest score, the first of equal ones.</summary>
    public static (Prediction? Prediction, string Message) Make(
        LabelSchema schema, string? model, string? version, Answer? label, double? confidence, IEnumerable<ClassScore>? scores, string? rationale)
    {
        var list = scores is null ? null : new EquatableList<ClassScore>(scores);
        if (label is null && list is { Count: > 0 })
        {
            var best = list.OrderByDescending(s => s.Score).ThenBy(s => s.Class, StringComparer.Ordinal).First().Class;
            var category = Prediction.ClassNames(schema).ToList().IndexOf(best);
            if (category < 0)
                return (null, $"scores.{best}: there is no such label.");
            label = Encode.Answer(schema, category);
        }

        return label is null
            ? (null, "give a label or scores.")
            : (new() { Model = model ?? "", Version = version ?? "", Label = label, Confidence = confidence, Scores = list, Rationale = rationale }, "");
    }
}

/// <summary>What a line of predictions may say.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PredictionFields
{
    public string? Task { get; init; }

    public string? ExternalId { get; init; }

    public string? Model { get; init; }

    public string? Version { get; init; }

    public JsonElement? Label { get; init; }

    public double? Confidence { get; init; }

    public Dictionary<string, double>? Scores { get; init; }

    public string? Rationale { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PredictionFields))]
internal sealed partial class PredictionLineJson : JsonSerializerContext;
