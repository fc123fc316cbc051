using System.Reflection;

namespace Crowd.GraphQL.Conventions;

/// <summary>How a resolver hands over its value.</summary>
internal enum ReturnKind
{
    Value,
    Task,
    ValueTask,
    Stream,
}

internal static class ReturnShape
{
    /// <summary>The kind, and the nullability of the value itself.</summary>
    public static (ReturnKind Kind, NullabilityInfo Value) Of(Type returned, NullabilityInfo nullability, MemberInfo member)
    {
        if (returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask))
        {
            throw new SchemaException("A field gives a value.", member);
        }

        if (!returned.IsGenericType)
        {
            return (ReturnKind.Value, nullability);
        }

        var definition = returned.GetGenericTypeDefinition();
        return definition == typeof(Task<>) ? (ReturnKind.Task, nullability.GenericTypeArguments[0])
            : definition == typeof(ValueTask<>) ? (ReturnKind.ValueTask, nullability.GenericTypeArguments[0])
            : definition == typeof(IAsyncEnumerable<>) ? (ReturnKind.Stream, nullability.GenericTypeArguments[0])
            : (ReturnKind.Value, nullability);
    }
}
