namespace Crowd.GraphQL.Types;

/// <summary>What objects and interfaces share: fields by name, in order.</summary>
internal abstract class FieldsType(string name) : CompositeType(name)
{
    private readonly Dictionary<string, Field> _byName = new(StringComparer.Ordinal);

    public List<Field> Fields { get; } = [];

    public List<InterfaceType> Interfaces { get; } = [];

    public void Add(Field field)
    {
        if (!_byName.TryAdd(field.Name, field))
        {
            throw new SchemaException($"The type {Name} has two fields named {field.Name}.", field.Member);
        }

        field.Parent = this;
        Fields.Add(field);
    }

    public override Field? FindField(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>Section 3.6.</summary>
internal sealed class ObjectType : FieldsType
{
    private readonly ObjectType[] _self;

    public ObjectType(string name)
        : base(name) => _self = [this];

    /// <summary>The C# type of its values; null for types that the engine itself provides.</summary>
    public Type? ClrType { get; init; }

    public override IReadOnlyList<ObjectType> PossibleTypes => _self;
}

/// <summary>Section 3.7.</summary>
internal sealed class InterfaceType(string name) : FieldsType(name)
{
    public List<ObjectType> Implementations { get; } = [];

    public override IReadOnlyList<ObjectType> PossibleTypes => Implementations;
}

/// <summary>Section 3.8.</summary>
internal sealed class UnionType(string name) : CompositeType(name)
{
    public List<ObjectType> Types { get; } = [];

    public override IReadOnlyList<ObjectType> PossibleTypes => Types;

    public override Field? FindField(string name) => null;
}
