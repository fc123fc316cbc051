using System.Globalization;
using System.Text.Json;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Scalars;

/// <summary>Input coercion of the five scalars of section 3.5.</summary>
internal static class BuiltInCodecs
{
    public static readonly LeafCodec Int = new FuncCodec(
        "a whole number of 32 bits",
        json => json.ValueKind == JsonValueKind.Number ? Integer(json) : null,
        literal => literal is IntValueNode node && int.TryParse(node.Text, CultureInfo.InvariantCulture, out var value) ? value : null);

    public static readonly LeafCodec Float = new FuncCodec(
        "a number",
        json => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value) ? value : null,
        literal => ((literal as FloatValueNode)?.Text ?? (literal as IntValueNode)?.Text) is { } text ? Number(text) : null);

    public static readonly LeafCodec String = new FuncCodec(
        "a string",
        json => json.ValueKind == JsonValueKind.String ? json.GetString() : null,
        literal => (literal as StringValueNode)?.Value);

    public static readonly LeafCodec Boolean = new FuncCodec(
        "true or false",
        json => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
        literal => (literal as BooleanValueNode)?.Value);

    public static readonly LeafCodec ID = new FuncCodec("an identifier: a string or a whole number", IdText, IdText);

    /// <summary>The text of an ID (section 3.5.5), or null if the value cannot be one.</summary>
    public static string? IdText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number when json.TryGetInt64(out var value) => value.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number when json.TryGetDouble(out var value) && Math.Floor(value) == value && Math.Abs(value) < 1e21 =>
            value.ToString("F0", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <inheritdoc cref="IdText(JsonElement)"/>
    public static string? IdText(ValueNode literal) => (literal as StringValueNode)?.Value ?? (literal as IntValueNode)?.Text;

    // A variable such as 5.0 is a whole number: JSON does not tell the two apart.
    private static object? Integer(JsonElement json)
    {
        if (json.TryGetInt32(out var value))
        {
            return value;
        }

        return json.TryGetDouble(out var number) && Math.Floor(number) == number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
