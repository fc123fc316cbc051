using System.Globalization;
using System.Text.Json;

namespace Crowd.Domain;

/// <summary>A path into a task's input or metadata: names behind dots and places in brackets.</summary>
public sealed record FieldPath(bool InMetadata, IReadOnlyList<FieldStep> Steps)
{
    /// <summary>What a path must be, for messages.</summary>
    public const string Rule = "give input or metadata, then names and places, as in input.applicant.incomes[0]; at most 200 characters and 20 steps.";

    private const int StepLimit = 20;

    /// <summary>Reads a path; null when it has not the form.</summary>
    public static FieldPath? Parse(string? text)
    {
        if (text is null or { Length: > 200 })
            return null;
        var root = text.StartsWith("metadata", StringComparison.Ordinal) ? "metadata" : "input";
        if (!text.StartsWith(root, StringComparison.Ordinal))
            return null;
        var steps = new List<FieldStep>();
        for (var i = root.Length; i < text.Length;)
        {
            var end = text.AsSpan(i + 1).IndexOfAny('.', '[') is >= 0 and var at ? i + 1 + at : text.Length;
            var part = text.AsSpan(i + 1, end - i - 1);
            if (text[i] == '.' && part.Length > 0 && !part.ContainsAny("]\""))
                steps.Add(new(part.ToString(), -1));
            else if (text[i] == '[' && part is [.. var digits, ']'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                steps.Add(new(null, place));
            else
                return null;
            i = end;
        }

        return steps.Count <= StepLimit ? new(root == "metadata", steps) : null;
    }

    /// <summary>What stands there; null when there is nothing.</summary>
    public JsonElement? Find(JsonElement? input, JsonElement? metadata)
    {
        if ((InMetadata ? metadata : input) is not { } at)
            return null;
        foreach (var (name, place) in Steps)
        {
            if (name is not null && at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var named))
                at = named;
            else if (name is null && at.ValueKind == JsonValueKind.Array && place < at.GetArrayLength())
                at = at[place];
            else
                return null;
        }

        return at.ValueKind is JsonValueKind.Undefined ? null : at;
    }
}

/// <summary>A step of a path: a name, or a place in an array.</summary>
public readonly record struct FieldStep(string? Name, int Place);
