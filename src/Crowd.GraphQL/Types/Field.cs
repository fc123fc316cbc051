using System.Reflection;
using Crowd.GraphQL.Execution;

namespace Crowd.GraphQL.Types;

/// <summary>A field of an object or interface (section 3.6), with what resolves it.</summary>
internal sealed class Field(string name, GraphQLType type, IReadOnlyList<InputValue> arguments)
{
    private readonly Dictionary<string, InputValue> _byName = arguments.ToDictionary(argument => argument.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public GraphQLType Type { get; } = type;

    public IReadOnlyList<InputValue> Arguments { get; } = arguments;

    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    /// <summary>The C# member it came from; null for what the engine provides.</summary>
    public MemberInfo? Member { get; init; }

    /// <summary>What computes the value; null on interfaces, whose fields are resolved on the object.</summary>
    public FieldResolver? Resolver { get; init; }

    /// <summary>What this field costs by itself; null for the default (Protection).</summary>
    public int? Cost { get; init; }

    /// <summary>Whether it is a Relay connection, whose page size multiplies the cost of what is below.</summary>
    public bool IsConnection { get; init; }

    public FieldsType? Parent { get; set; }

    public InputValue? FindArgument(string name) => _byName.GetValueOrDefault(name);
}
