using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Types that are named exist. Section 5.5.1.2, Fragment Spread Type Existence.</summary>
internal sealed class FragmentSpreadTypeExistence(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);

    public override void EnterDocument(DocumentNode document) =>
        _defined.UnionWith(document.Definitions.OfType<TypeDefinitionNode>().Where(type => !type.IsExtension).Select(type => type.Name.Value));

    // Variables name types as well; that those exist is part of section 5.8.2.
    public override void EnterTypeReference(NamedTypeNode type)
    {
        if (Context.Schema.Find(type.Name) is null && !_defined.Contains(type.Name))
        {
            Report($"There is no type named {type.Name}.", type);
        }
    }
}
