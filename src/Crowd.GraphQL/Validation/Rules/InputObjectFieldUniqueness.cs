using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No field of an input object is given twice. Section 5.6.3, Input Object Field Uniqueness.</summary>
internal sealed class InputObjectFieldUniqueness(ValidationContext context) : ValidationRule(context)
{
    public override void EnterObject(ObjectValueNode value)
    {
        var seen = new Dictionary<string, NameNode>(StringComparer.Ordinal);
        foreach (var field in value.Fields)
        {
            if (!seen.TryAdd(field.Name.Value, field.Name))
            {
                Report($"The field {field.Name.Value} is given more than once.", seen[field.Name.Value], field.Name);
            }
        }
    }
}
