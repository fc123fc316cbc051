using System.Linq.Expressions;
using System.Reflection;

namespace Crowd.GraphQL.Conventions;

/// <summary>Conversions in compiled expressions.</summary>
internal static class Conversions
{
    /// <summary>A coerced value as the type: null becomes the default, <see cref="Optional{T}"/> is told that it was given.</summary>
    public static Expression FromObject(Expression value, Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var inner = type.GetGenericArguments()[0];
            return Expression.New(type.GetConstructor([inner])!, FromObject(value, inner));
        }

        return type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? Expression.Condition(Expression.ReferenceEqual(value, Expression.Constant(null)), Expression.Default(type), Expression.Unbox(value, type))
            : Expression.Convert(value, type);
    }

    public static Expression DefaultOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!parameter.HasDefaultValue || parameter.DefaultValue is not { } value)
        {
            return Expression.Default(type);
        }

        var target = Nullable.GetUnderlyingType(type) ?? type;
        var constant = target.IsEnum ? Enum.ToObject(target, value) : value;
        return Expression.Convert(Expression.Constant(constant, target), type);
    }
}
