using System.Linq.Expressions;
using System.Reflection;
using Crowd.GraphQL.Inputs;

namespace Crowd.GraphQL.Conventions;

/// <summary>Compiles the construction of input objects from coerced values.</summary>
internal static class InputObjects
{
    /// <summary>The public constructor with the most parameters that are named after properties; null for a struct without one.</summary>
    public static ConstructorInfo? ConstructorOf(Type type)
    {
        var names = type.GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return type.GetConstructors()
            .Where(constructor => constructor.GetParameters().All(parameter => names.Contains(parameter.Name!)))
            .MaxBy(constructor => constructor.GetParameters().Length)
            ?? (type.IsValueType ? null : throw new SchemaException("An input type needs a public constructor whose parameters are named after its properties.", type));
    }

    /// <summary>A function from one value a member, <see cref="ObjectInputShape.Missing"/> for those not given, to the object.</summary>
    public static Func<object?[], object?> Compile(Type type, ConstructorInfo? constructor, IReadOnlyList<(PropertyInfo Property, ParameterInfo? Parameter)> members)
    {
        var values = Expression.Parameter(typeof(object?[]), "values");
        var result = Expression.Variable(type, "result");
        var arguments = constructor?.GetParameters().Select(parameter =>
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].Parameter == parameter)
                {
                    return ValueOrMissing(values, i, parameter.ParameterType, DefaultOf(parameter));
                }
            }

            return DefaultOf(parameter);
        });
        var body = new List<Expression> { Expression.Assign(result, constructor is null ? Expression.New(type) : Expression.New(constructor, arguments!)) };
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Parameter is null)
            {
                // What was not given keeps the property's initial value.
                var property = Expression.Property(result, members[i].Property);
                body.Add(Expression.IfThen(IsGiven(values, i), Expression.Assign(property, Conversions.FromObject(At(values, i), members[i].Property.PropertyType))));
            }
        }

        body.Add(Expression.Convert(result, typeof(object)));
        return Expression.Lambda<Func<object?[], object?>>(Expression.Block([result], body), values).Compile();
    }

    private static ConditionalExpression ValueOrMissing(Expression values, int index, Type type, Expression missing) =>
        Expression.Condition(IsGiven(values, index), Conversions.FromObject(At(values, index), type), missing);

    private static Expression DefaultOf(ParameterInfo parameter) => Conversions.DefaultOf(parameter);

    private static BinaryExpression At(Expression values, int index) => Expression.ArrayIndex(values, Expression.Constant(index));

    private static BinaryExpression IsGiven(Expression values, int index) =>
        Expression.ReferenceNotEqual(At(values, index), Expression.Constant(ObjectInputShape.Missing));
}
