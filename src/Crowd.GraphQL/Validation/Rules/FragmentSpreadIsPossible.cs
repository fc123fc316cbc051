using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>The types of a fragment and of its place have objects in common. Section 5.5.2.3, Fragment Spread Is Possible.</summary>
internal sealed class FragmentSpreadIsPossible(ValidationContext context) : ValidationRule(context)
{
    public override void EnterFragmentSpread(FragmentSpreadNode spread, CompositeType? parent)
    {
        if (Context.Facts.Fragments.TryGetValue(spread.Name.Value, out var fragment))
        {
            Check(spread, parent, Context.Composite(fragment.TypeCondition));
        }
    }

    public override void EnterInlineFragment(InlineFragmentNode fragment, CompositeType? parent) =>
        Check(fragment, parent, fragment.TypeCondition is null ? parent : Context.Composite(fragment.TypeCondition));

    private void Check(Node node, CompositeType? parent, CompositeType? type)
    {
        if (parent is not null && type is not null && !ReferenceEquals(parent, type) && !parent.PossibleTypes.Any(type.PossibleTypes.Contains))
        {
            Report($"No {parent} is ever a {type}.", node);
        }
    }
}
