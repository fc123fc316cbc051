using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>What an input object needs is given. Section 5.6.4, Input Object Required Fields.</summary>
internal sealed class InputObjectRequiredFields(ValidationContext context) : InputObjectRule(context)
{
    protected override void Check(ObjectValueNode map, InputObjectType type)
    {
        foreach (var field in type.Fields.Where(field => field.IsRequired && !Array.Exists(map.Fields, given => given.Name.Value == field.Name)))
        {
            Report($"{type} requires the field {field.Name}: {field.Type}.", map);
        }
    }
}
