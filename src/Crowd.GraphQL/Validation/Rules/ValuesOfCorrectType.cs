using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A literal is of the type of its place. Section 5.6.1, Values of Correct Type.</summary>
internal sealed class ValuesOfCorrectType(ValidationContext context) : ValidationRule(context)
{
    public override void EnterInput(ValueNode value, GraphQLType? type)
    {
        if (type is not null)
        {
            Check(value, type);
        }
    }

    private void Check(ValueNode value, GraphQLType type)
    {
        if (value is VariableNode)
        {
            return;
        }

        if (value is NullValueNode)
        {
            if (type is NonNullType)
            {
                Report($"Expected a value of {type}, not null.", value);
            }

            return;
        }

        switch (type.Nullable())
        {
            case ListType list when value is ListValueNode items:
                Array.ForEach(items.Values, item => Check(item, list.OfType));
                break;
            case ListType list:
                Check(value, list.OfType);
                break;
            case InputObjectType input when value is ObjectValueNode map:
                CheckFields(map, input);
                break;
            case InputObjectType input:
                Report($"Expected an object of {input}.", value);
                break;
            case ScalarType scalar:
                CheckLeaf(value, scalar.Codec);
                break;
            case EnumType named:
                CheckLeaf(value, new EnumCodec(named));
                break;
        }
    }

    private void CheckFields(ObjectValueNode map, InputObjectType input)
    {
        // Of a field given twice, which is another rule's error, the last counts.
        foreach (var field in map.Fields.GroupBy(field => field.Name.Value, StringComparer.Ordinal).Select(group => group.Last()))
        {
            if (input.Find(field.Name.Value) is { } definition)
            {
                Check(field.Value, definition.Type);
            }
        }

        if (input.IsOneOf)
        {
            var known = map.Fields.Where(field => input.Find(field.Name.Value) is not null).ToList();
            if (known.Count != 1 || known[0].Value is NullValueNode)
            {
                Report($"{input} takes exactly one field, and that is not null.", map);
            }
        }
    }

    private void CheckLeaf(ValueNode value, LeafCodec codec)
    {
        try
        {
            codec.ReadLiteral(value, variables: null);
        }
        catch (CoercionException problem)
        {
            Report(problem.Message, value);
        }
    }
}
