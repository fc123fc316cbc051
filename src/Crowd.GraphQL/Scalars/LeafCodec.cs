using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Scalars;

/// <summary>Reads a scalar or enum from JSON (variables) and from literals; the input coercion of sections 3.5 and 3.9.</summary>
internal abstract class LeafCodec
{
    /// <summary>Reads a variable's value, never null.</summary>
    /// <exception cref="CoercionException">The value is not one of the type.</exception>
    public abstract object? ReadJson(JsonElement value);

    /// <summary>Reads a literal, never null and never a variable itself.</summary>
    /// <exception cref="CoercionException">The value is not one of the type.</exception>
    public abstract object? ReadLiteral(ValueNode value, LiteralVariables? variables);
}

/// <summary>A codec from two functions that give null for what they do not take.</summary>
internal sealed class FuncCodec(string expectation, Func<JsonElement, object?> json, Func<ValueNode, object?> literal) : LeafCodec
{
    public override object ReadJson(JsonElement value) => json(value) ?? throw new CoercionException($"Expected {expectation}.");

    public override object ReadLiteral(ValueNode value, LiteralVariables? variables) =>
        literal(value) ?? throw new CoercionException($"Expected {expectation}.");
}
