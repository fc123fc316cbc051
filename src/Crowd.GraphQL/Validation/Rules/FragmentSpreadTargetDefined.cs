using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A fragment that is spread exists. Section 5.5.2.1, Fragment Spread Target Defined.</summary>
internal sealed class FragmentSpreadTargetDefined(ValidationContext context) : ValidationRule(context)
{
    public override void EnterFragmentSpread(FragmentSpreadNode spread, CompositeType? parent)
    {
        if (!Context.Facts.Fragments.ContainsKey(spread.Name.Value))
        {
            Report($"There is no fragment named {spread.Name.Value}.", spread.Name);
        }
    }
}
