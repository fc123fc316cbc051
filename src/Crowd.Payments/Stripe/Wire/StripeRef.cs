using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Payments;

/// <summary>A field that is an id, or the object itself where it was expanded.</summary>
[JsonConverter(typeof(StripeRefConverter))]
internal readonly record struct StripeRef(string Id, JsonElement? Object)
{
    public override string ToString() => Id;

    /// <summary>The text in a field of the expanded object, or null.</summary>
    public string? TextIn(string field) =>
        Object is { } expanded && expanded.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The id in a field of the expanded object; null when it is not expanded or has no such field.</summary>
    public string? IdIn(string field)
    {
        if (Object is not { } expanded || !expanded.TryGetProperty(field, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => value.GetProperty("id").GetString(),
            _ => null,
        };
    }
}

internal sealed class StripeRefConverter : JsonConverter<StripeRef>
{
    public override StripeRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new(reader.GetString()!, null);
        var expanded = JsonElement.ParseValue(ref reader);
        return expanded.ValueKind == JsonValueKind.Object && expanded.TryGetProperty("id", out var id) && id.GetString() is { } text
            ? new(text, expanded)
            : throw new JsonException("Neither an id nor an object with one.");
    }

    public override void Write(Utf8JsonWriter writer, StripeRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
}
