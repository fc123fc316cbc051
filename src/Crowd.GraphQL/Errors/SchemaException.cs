using System.Reflection;

namespace Crowd.GraphQL;

/// <summary>The C# types do not make a schema. Raised at start only; the message names the C# member.</summary>
public sealed class SchemaException : Exception
{
    internal SchemaException(string message, MemberInfo? member)
        : base(member is null ? message : $"{member.DeclaringType?.FullName ?? "?"}.{member.Name}: {message}") => Member = member;

    internal SchemaException(string message, Type type)
        : base($"{type.FullName}: {message}") => Member = type;

    /// <summary>The member at fault, if one is.</summary>
    public MemberInfo? Member { get; }
}
