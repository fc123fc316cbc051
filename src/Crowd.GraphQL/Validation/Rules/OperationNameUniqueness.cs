using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No two operations have the same name. Section 5.2.2.1, Operation Name Uniqueness.</summary>
internal sealed class OperationNameUniqueness(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, NameNode> _names = new(StringComparer.Ordinal);

    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is { } name && !_names.TryAdd(name.Value, name))
        {
            Report($"There is more than one operation named {name.Value}.", _names[name.Value], name);
        }
    }
}
