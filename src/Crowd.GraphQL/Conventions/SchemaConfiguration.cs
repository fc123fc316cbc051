using Crowd.GraphQL.Scalars;

namespace Crowd.GraphQL.Conventions;

/// <summary>What the builder was told, before types are looked at.</summary>
internal sealed class SchemaConfiguration
{
    public string? Description { get; set; }

    public List<Type> Query { get; } = [];

    public List<Type> Mutation { get; } = [];

    public List<Type> Subscription { get; } = [];

    public List<Type> Extensions { get; } = [];

    /// <summary>Types to take in even if no field names them.</summary>
    public List<Type> Types { get; } = [];

    public Dictionary<Type, ScalarBinding> Scalars { get; } = StandardScalars.All.ToDictionary(binding => binding.ClrType);

    public Dictionary<Type, TypeOptions> TypeOptions { get; } = [];

    /// <summary>Context objects by type: a function from the request context, boxed.</summary>
    public Dictionary<Type, Delegate> Context { get; } = [];

    public HashSet<Type> Loaders { get; } = [];

    public TypeOptions OptionsOf(Type type)
    {
        if (!TypeOptions.TryGetValue(type, out var options))
        {
            options = new TypeOptions();
            TypeOptions.Add(type, options);
        }

        return options;
    }
}

/// <summary>Registration that overrides the conventions for one type.</summary>
internal sealed class TypeOptions
{
    public string? Name { get; set; }

    public HashSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a closed hierarchy is an interface; null for what the convention says.</summary>
    public bool? IsInterface { get; set; }
}
