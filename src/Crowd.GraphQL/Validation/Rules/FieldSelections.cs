using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A selected field is one of the type. Section 5.3.1, Field Selections.</summary>
internal sealed class FieldSelections(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode field, CompositeType? parent, Field? definition)
    {
        if (parent is not null && definition is null)
        {
            Report($"{parent} has no field {field.Name.Value}.", field);
        }
    }
}
