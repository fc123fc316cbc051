using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A field of an input object is one of its type. Section 5.6.2, Input Object Field Names.</summary>
internal sealed class InputObjectFieldNames(ValidationContext context) : InputObjectRule(context)
{
    protected override void Check(ObjectValueNode map, InputObjectType type)
    {
        foreach (var field in map.Fields.Where(field => type.Find(field.Name.Value) is null))
        {
            Report($"{type} has no field {field.Name.Value}.", field);
        }
    }
}
