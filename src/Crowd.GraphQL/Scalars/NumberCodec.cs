using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Scalars;

/// <summary>Numbers of C# that GraphQL has no type for, from JSON numbers and number literals.</summary>
internal sealed class NumberCodec<T>(string name, bool allowFraction) : LeafCodec
    where T : struct, INumber<T>
{
    public override object ReadJson(JsonElement value) => value.ValueKind == JsonValueKind.Number ? Parse(value.GetRawText()) : throw Refuse();

    public override object ReadLiteral(ValueNode value, LiteralVariables? variables) => value switch
    {
        IntValueNode whole => Parse(whole.Text),
        FloatValueNode number when allowFraction => Parse(number.Text),
        _ => throw Refuse(),
    };

    private T Parse(string text) =>
        T.TryParse(text, allowFraction ? NumberStyles.Float : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            ? value
            : throw Refuse();

    private CoercionException Refuse() => new($"Expected a {name}.");
}
