using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No two variables of an operation have the same name. Section 5.8.1, Variable Uniqueness.</summary>
internal sealed class VariableUniqueness(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        foreach (var group in operation.Variables.GroupBy(variable => variable.Variable.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            Report($"There is more than one variable named ${group.Key}.", group.Select(variable => variable.Variable.NameNode));
        }
    }
}
