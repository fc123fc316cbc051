using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Variables are of input types. Section 5.8.2, Variables Are Input Types.</summary>
internal sealed class VariablesAreInputTypes(ValidationContext context) : ValidationRule(context)
{
    public override void EnterVariableDefinition(VariableDefinitionNode variable)
    {
        if (Context.Schema.TypeOf(variable.Type) is { IsInput: false } type)
        {
            Report($"${variable.Variable.Name} cannot be a {type}, which is no input type.", variable.Type);
        }
    }
}
