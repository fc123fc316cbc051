using System.Text.Json;

namespace Crowd.Domain;

/// <summary>What a label schema reads from a task's input: the text, the image's size, the items.</summary>
public sealed record TaskInput
{
    /// <summary>Most bytes of one input.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>An input of which nothing is known: only rules that do not need it are checked.</summary>
    public static TaskInput Unknown { get; } = new();

    /// <summary>Length of the property <c>text</c> in UTF-16 units; null when there is none.</summary>
    public int? TextLength { get; init; }

    /// <summary>The property <c>width</c> in pixels; null when there is none.</summary>
    public double? Width { get; init; }

    /// <summary>The property <c>height</c> in pixels; null when there is none.</summary>
    public double? Height { get; init; }

    /// <summary>Ids of the array <c>items</c>; null when there is none.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Whether there are <c>left</c> and <c>right</c>.</summary>
    public bool HasPair { get; init; }

    /// <summary>Reads the parts; an input that is not an object has none.</summary>
    public static TaskInput Of(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return new();
        return new()
        {
            TextLength = input.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!.Length : null,
            Width = Number(input, "width"),
            Height = Number(input, "height"),
            Items = ReadItems(input),
            HasPair = input.TryGetProperty("left", out _) && input.TryGetProperty("right", out _),
        };
    }

    private static double? Number(JsonElement input, string name) =>
        input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static List<string>? ReadItems(JsonElement input)
    {
        if (!input.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            return null;
        var ids = new List<string>();
        foreach (var item in items.EnumerateArray())
        {
            var id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var given) ? given : item;
            ids.Add(id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText());
        }

        return ids;
    }
}
