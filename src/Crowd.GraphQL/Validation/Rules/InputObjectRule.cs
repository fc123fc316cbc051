using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A rule about the objects within input values whose types are known.</summary>
internal abstract class InputObjectRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInput(ValueNode value, GraphQLType? type)
    {
        if (type is not null)
        {
            Visit(value, type);
        }
    }

    protected abstract void Check(ObjectValueNode map, InputObjectType type);

    private void Visit(ValueNode value, GraphQLType type)
    {
        switch (type.Nullable(), value)
        {
            case (ListType list, ListValueNode items):
                Array.ForEach(items.Values, item => Visit(item, list.OfType));
                break;
            case (ListType list, _):
                Visit(value, list.OfType);
                break;
            case (InputObjectType input, ObjectValueNode map):
                Check(map, input);
                foreach (var field in map.Fields)
                {
                    if (input.Find(field.Name.Value) is { } definition)
                    {
                        Visit(field.Value, definition.Type);
                    }
                }

                break;
        }
    }
}
