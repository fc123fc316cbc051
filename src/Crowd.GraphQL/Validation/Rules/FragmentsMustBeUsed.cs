using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Every fragment is spread somewhere. Section 5.5.1.4, Fragments Must Be Used.</summary>
internal sealed class FragmentsMustBeUsed(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        var used = Context.Facts.Operations.SelectMany(Context.Facts.Reach).OfType<FragmentDefinitionNode>().Select(fragment => fragment.Name.Value);
        var names = used.ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            if (!names.Contains(fragment.Name.Value))
            {
                Report($"The fragment {fragment.Name.Value} is not used.", fragment);
            }
        }
    }
}
