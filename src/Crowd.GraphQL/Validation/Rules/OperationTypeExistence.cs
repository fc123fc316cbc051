using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>The schema has a root type for each operation. Section 5.2.1.1, Operation Type Existence.</summary>
internal sealed class OperationTypeExistence(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (Context.Schema.RootType(operation.Operation) is null)
        {
            Report($"The schema has no {operation.Operation}.", operation);
        }
    }
}
