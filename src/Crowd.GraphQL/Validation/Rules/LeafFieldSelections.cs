using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Objects are selected from, scalars and enums are not. Section 5.3.3, Leaf Field Selections.</summary>
internal sealed class LeafFieldSelections(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode field, CompositeType? parent, Field? definition)
    {
        if (definition is null)
        {
            return;
        }

        var isLeaf = definition.Type.Named() is not CompositeType;
        if (isLeaf && field.SelectionSet is { } selectionSet)
        {
            Report($"{field.Name.Value} is a {definition.Type} and has no fields to select.", selectionSet);
        }
        else if (!isLeaf && field.SelectionSet is null)
        {
            Report($"{field.Name.Value} is a {definition.Type}: select some of its fields.", field);
        }
    }
}
