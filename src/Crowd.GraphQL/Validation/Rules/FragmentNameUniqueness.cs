using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No two fragments have the same name. Section 5.5.1.1, Fragment Name Uniqueness.</summary>
internal sealed class FragmentNameUniqueness(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, NameNode> _names = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode fragment)
    {
        if (!_names.TryAdd(fragment.Name.Value, fragment.Name))
        {
            Report($"There is more than one fragment named {fragment.Name.Value}.", _names[fragment.Name.Value], fragment.Name);
        }
    }
}
