using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Fragments are on types that have fields. Section 5.5.1.3, Fragments on Object, Interface or Union Types.</summary>
internal sealed class FragmentsOnCompositeTypes(ValidationContext context) : ValidationRule(context)
{
    public override void EnterFragment(FragmentDefinitionNode fragment) => Check(fragment.TypeCondition);

    public override void EnterInlineFragment(InlineFragmentNode fragment, CompositeType? parent)
    {
        if (fragment.TypeCondition is { } condition)
        {
            Check(condition);
        }
    }

    private void Check(NamedTypeNode condition)
    {
        if (Context.Schema.Find(condition.Name) is { } type and not CompositeType)
        {
            Report($"A fragment cannot be on {type}, which has no fields.", condition);
        }
    }
}
