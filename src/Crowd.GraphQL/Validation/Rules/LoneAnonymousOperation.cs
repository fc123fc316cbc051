using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>An operation without a name is the only one. Section 5.2.3.1, Lone Anonymous Operation.</summary>
internal sealed class LoneAnonymousOperation(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is null && Context.Facts.Operations.Length > 1)
        {
            Report("An operation without a name must be alone.", operation);
        }
    }
}
