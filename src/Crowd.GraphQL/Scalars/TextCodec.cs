using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Scalars;

/// <summary>A scalar whose values are written as text. The parse function refuses with an exception or by giving null.</summary>
internal sealed class TextCodec(string name, Func<JsonElement, string?> json, Func<ValueNode, string?> literal, Func<string, object?> parse) : LeafCodec
{
    public override object ReadJson(JsonElement value) => Parse(json(value));

    public override object ReadLiteral(ValueNode value, LiteralVariables? variables) => Parse(literal(value));

    /// <summary>Text from strings only.</summary>
    public static LeafCodec Strings(string name, Func<string, object?> parse) =>
        new TextCodec(
            name,
            value => value.ValueKind == JsonValueKind.String ? value.GetString() : null,
            value => (value as StringValueNode)?.Value,
            parse);

    /// <summary>Text from whatever an ID may be written as.</summary>
    public static LeafCodec Ids(string name, Func<string, object?> parse) => new TextCodec(name, BuiltInCodecs.IdText, BuiltInCodecs.IdText, parse);

    private object Parse(string? text)
    {
        if (text is null)
        {
            throw new CoercionException($"Expected a {name} as text.");
        }

        try
        {
            return parse(text) ?? throw new CoercionException($"The text is no {name}.");
        }
        catch (GraphQLException refusal)
        {
            throw new CoercionException(refusal.Message, refusal.Code) { Extensions = refusal.Extensions };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new CoercionException($"The text is no {name}.");
        }
    }
}
