using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Inputs;

/// <summary>Coerces a literal, perhaps with variables inside, to what C# expects (input coercion of sections 3.5 to 3.12).</summary>
internal static class LiteralCoercion
{
    /// <summary>Converts the value; if it adds to <paramref name="errors"/>, the result is meaningless.</summary>
    public static object? Coerce(GraphQLType type, InputShape shape, ValueNode value, LiteralVariables? variables, CoercionErrors errors)
    {
        if (value is VariableNode variable)
        {
            return Variable(type, shape, variable, variables, errors);
        }

        if (type is NonNullType nonNull)
        {
            if (value is NullValueNode)
            {
                errors.Add($"Expected a value of {type}, not null.", value);
                return null;
            }

            type = nonNull.OfType;
        }

        if (value is NullValueNode)
        {
            return null;
        }

        return (type, shape) switch
        {
            (ListType list, ListInputShape items) => List(list, items, value, variables, errors),
            (InputObjectType input, ObjectInputShape target) => Object(input, target, value, variables, errors),
            (_, LeafInputShape leaf) => Leaf(leaf, value, variables, errors),
            _ => throw new InvalidOperationException($"No shape for {type}."),
        };
    }

    private static object? Variable(GraphQLType type, InputShape shape, VariableNode variable, LiteralVariables? variables, CoercionErrors errors)
    {
        object? value = null;
        if (variables?.TryGet(variable, shape, out value) != true && type is NonNullType)
        {
            errors.Add($"The variable ${variable.Name} has no value, but {type} needs one.", variable);
        }
        else if (value is null && type is NonNullType)
        {
            errors.Add($"The variable ${variable.Name} is null, but {type} is not.", variable);
        }

        return value;
    }

    private static object? Leaf(LeafInputShape leaf, ValueNode value, LiteralVariables? variables, CoercionErrors errors)
    {
        try
        {
            return leaf.Codec.ReadLiteral(value, variables);
        }
        catch (CoercionException problem)
        {
            errors.Add(problem, value);
            return null;
        }
    }

    private static object? List(ListType type, ListInputShape shape, ValueNode value, LiteralVariables? variables, CoercionErrors errors)
    {
        if (value is not ListValueNode list)
        {
            return shape.Build([Coerce(type.OfType, shape.Item, value, variables, errors)]);
        }

        var before = errors.Count;
        var items = new object?[list.Values.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var since = errors.Count;
            items[i] = Coerce(type.OfType, shape.Item, list.Values[i], variables, errors);
            if (errors.Count > since)
            {
                errors.Prefix(since, $"[{i}]");
            }
        }

        return errors.Count > before ? null : shape.Build(items);
    }

    private static object? Object(InputObjectType type, ObjectInputShape shape, ValueNode value, LiteralVariables? variables, CoercionErrors errors)
    {
        if (value is not ObjectValueNode literal)
        {
            errors.Add($"Expected an object of {type}.", value);
            return null;
        }

        var before = errors.Count;
        var values = new object?[type.Fields.Count];
        Array.Fill(values, ObjectInputShape.Missing);
        var given = 0;
        var isNull = false;
        foreach (var node in literal.Fields)
        {
            if (type.Find(node.Name.Value) is not { } field)
            {
                errors.Add($"{type} has no field {node.Name.Value}.", node);
                continue;
            }

            // A variable without a value leaves the field out, unless exactly one field is wanted.
            var isAbsent = node.Value is VariableNode variable && variables?.TryGet(variable, field.Shape, out _) != true;
            if (isAbsent && !type.IsOneOf)
            {
                continue;
            }

            given++;
            var since = errors.Count;
            values[field.Index] = Coerce(field.Type, field.Shape, node.Value, variables, errors);
            isNull |= values[field.Index] is null && errors.Count == since;
            if (errors.Count > since)
            {
                errors.Prefix(since, $".{field.Name}");
            }
        }

        InputObjects.Complete(type, values, given, isNull, value, errors);
        return errors.Count > before ? null : InputObjects.Create(type, shape, values, value, errors);
    }
}
