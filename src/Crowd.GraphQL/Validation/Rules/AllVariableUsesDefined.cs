using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A variable that is used is defined by every operation that reaches the use. Section 5.8.3, All Variable Uses Defined.</summary>
internal sealed class AllVariableUsesDefined(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Facts.Operations)
        {
            var defined = operation.Variables.Select(variable => variable.Variable.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var usage in Context.Facts.UsagesOf(operation))
            {
                Context.Spend(1);
                if (!defined.Contains(usage.Node.Name))
                {
                    Report($"${usage.Node.Name} is not defined by {operation.Name?.Value ?? "the operation"}.", usage.Node, operation);
                }
            }
        }
    }
}
