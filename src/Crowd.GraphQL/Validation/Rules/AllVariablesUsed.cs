using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Every variable of an operation is used by it. Section 5.8.4, All Variables Used.</summary>
internal sealed class AllVariablesUsed(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Facts.Operations)
        {
            var used = Context.Facts.UsagesOf(operation).Select(usage => usage.Node.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var variable in operation.Variables.Where(variable => !used.Contains(variable.Variable.Name)))
            {
                Report($"${variable.Variable.Name} is not used by {operation.Name?.Value ?? "the operation"}.", variable);
            }
        }
    }
}
