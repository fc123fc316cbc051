using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Scalars;

/// <summary>Input coercion of enums (section 3.9).</summary>
internal sealed class EnumCodec(EnumType type) : LeafCodec
{
    public override object ReadJson(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && type.Find(value.GetString()!) is { } found ? found.Value : throw Unknown();

    public override object ReadLiteral(ValueNode value, LiteralVariables? variables) =>
        value is EnumValueNode node && type.Find(node.Name) is { } found ? found.Value : throw Unknown();

    private CoercionException Unknown() => new($"Expected a value of {type.Name}.");
}
