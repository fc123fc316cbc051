using System.Globalization;
using System.Reflection;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Conventions;

/// <summary>C# default values as GraphQL literals. A default of null is no default: absent and null are the same in C#.</summary>
internal static class DefaultLiterals
{
    public static ValueNode? Of(ParameterInfo parameter, GraphQLType type)
    {
        if (!parameter.HasDefaultValue || parameter.DefaultValue is not { } value)
        {
            return null;
        }

        if (type is EnumType named)
        {
            var target = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var constant = Enum.ToObject(target, value);
            return named.Values.Find(each => each.Value.Equals(constant)) is { } found ? new EnumValueNode(found.Name) : null;
        }

        return value switch
        {
            bool boolean => new BooleanValueNode(boolean),
            string text => new StringValueNode(text, isBlock: false),
            int or short or byte or long or uint => new IntValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            double or float or decimal => Number(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            _ => null,
        };
    }

    private static ValueNode Number(string text) => text.All(character => char.IsAsciiDigit(character) || character == '-') ? new IntValueNode(text) : new FloatValueNode(text);
}
