namespace Crowd.GraphQL;

/// <summary>
/// Adds the methods of a static class as fields to the type of another class. A first parameter of that class is the
/// parent; without one the method does not look at the parent.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExtendObjectTypeAttribute(Type type) : Attribute
{
    /// <summary>The extended class, record or base of a closed hierarchy.</summary>
    public Type Type { get; } = type;
}

/// <summary>Gives a type, field, argument or enum value another name than the conventions do.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Keeps a member out of the schema. System.Text.Json's <c>[JsonIgnore]</c> does so as well.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>Makes an input record take exactly one of its fields (section 3.10.1). All of them must be nullable.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>What a field costs by itself, where the default of 1 is wrong (Protection).</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class CostAttribute(int cost) : Attribute
{
    public int Cost { get; } = cost;
}
