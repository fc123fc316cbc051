using System.Text.Json;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Inputs;

/// <summary>Coerces a variable's JSON to what C# expects (input coercion of sections 3.5 to 3.12).</summary>
internal static class JsonCoercion
{
    /// <summary>Converts the value; if it adds to <paramref name="errors"/>, the result is meaningless.</summary>
    public static object? Coerce(GraphQLType type, InputShape shape, JsonElement value, CoercionErrors errors)
    {
        if (type is NonNullType nonNull)
        {
            if (value.ValueKind is JsonValueKind.Null)
            {
                errors.Add($"Expected a value of {type}, not null.");
                return null;
            }

            type = nonNull.OfType;
        }

        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return (type, shape) switch
        {
            (ListType list, ListInputShape items) => List(list, items, value, errors),
            (InputObjectType input, ObjectInputShape target) => Object(input, target, value, errors),
            (_, LeafInputShape leaf) => Leaf(leaf, value, errors),
            _ => throw new InvalidOperationException($"No shape for {type}."),
        };
    }

    private static object? Leaf(LeafInputShape leaf, JsonElement value, CoercionErrors errors)
    {
        try
        {
            return leaf.Codec.ReadJson(value);
        }
        catch (CoercionException problem)
        {
            errors.Add(problem);
            return null;
        }
    }

    // Section 3.11: a single value stands for a list of one.
    private static object List(ListType type, ListInputShape shape, JsonElement value, CoercionErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return shape.Build([Coerce(type.OfType, shape.Item, value, errors)]);
        }

        var items = new object?[value.GetArrayLength()];
        var index = 0;
        var before = errors.Count;
        foreach (var element in value.EnumerateArray())
        {
            var since = errors.Count;
            items[index] = Coerce(type.OfType, shape.Item, element, errors);
            if (errors.Count > since)
            {
                errors.Prefix(since, $"[{index}]");
            }

            index++;
        }

        return errors.Count > before ? items : shape.Build(items);
    }

    private static object? Object(InputObjectType type, ObjectInputShape shape, JsonElement value, CoercionErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"Expected an object of {type}.");
            return null;
        }

        var before = errors.Count;
        var values = new object?[type.Fields.Count];
        Array.Fill(values, ObjectInputShape.Missing);
        var given = 0;
        var isNull = false;
        foreach (var property in value.EnumerateObject())
        {
            if (type.Find(property.Name) is not { } field)
            {
                errors.Add($"{type} has no field {property.Name}.");
                continue;
            }

            given++;
            isNull |= property.Value.ValueKind == JsonValueKind.Null;
            var since = errors.Count;
            values[field.Index] = Coerce(field.Type, field.Shape, property.Value, errors);
            if (errors.Count > since)
            {
                errors.Prefix(since, $".{field.Name}");
            }
        }

        InputObjects.Complete(type, values, given, isNull, null, errors);
        return errors.Count > before ? null : InputObjects.Create(type, shape, values, null, errors);
    }
}
