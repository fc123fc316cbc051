using System.Text.Json;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Inputs;

/// <summary>The variables that a literal may name: which they are is fixed by the operation, their values by the request.</summary>
internal abstract class LiteralVariables
{
    /// <summary>The value converted to the shape; false if the request gave none and there is no default.</summary>
    public abstract bool TryGet(VariableNode variable, InputShape shape, out object? value);

    /// <summary>The value as sent, for scalars that take any JSON.</summary>
    public abstract JsonElement? Raw(VariableNode variable);
}
