using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Inputs;

/// <summary>What JSON and literals share in coercing an input object (section 3.10).</summary>
internal static class InputObjects
{
    /// <summary>Fills in defaults and reports required fields that are missing and violations of <c>@oneOf</c>.</summary>
    public static void Complete(InputObjectType type, object?[] values, int given, bool isNull, Node? node, CoercionErrors errors)
    {
        if (type.IsOneOf)
        {
            if (given != 1 || isNull)
            {
                errors.Add($"{type} takes exactly one field, and that is not null.", node);
            }

            return;
        }

        foreach (var field in type.Fields)
        {
            if (!ReferenceEquals(values[field.Index], ObjectInputShape.Missing))
            {
                continue;
            }

            if (field.DefaultValue is not null)
            {
                values[field.Index] = field.CoercedDefault;
            }
            else if (field.Type is NonNullType)
            {
                errors.Add($"{type} requires the field {field.Name}.", node);
            }
        }
    }

    /// <summary>Makes the C# object. What its constructor refuses is wrong with the value.</summary>
    public static object? Create(InputObjectType type, ObjectInputShape shape, object?[] values, Node? node, CoercionErrors errors)
    {
        try
        {
            return shape.Create(values);
        }
        catch (GraphQLException refusal)
        {
            errors.Add(refusal.Message, node, refusal.Code, refusal.Extensions);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            errors.Add($"The value is no {type}.", node);
        }

        return null;
    }
}
