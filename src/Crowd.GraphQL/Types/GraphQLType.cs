namespace Crowd.GraphQL.Types;

/// <summary>
/// A type of the schema (section 3.4), wrapped or not. Wrappers are made once for each type, so that types are equal
/// exactly when they are the same object.
/// </summary>
internal abstract class GraphQLType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    /// <summary>The list of this type.</summary>
    public ListType List() => _list ??= new ListType(this);

    /// <summary>This type without null.</summary>
    public GraphQLType NonNull() => this is NonNullType ? this : _nonNull ??= new NonNullType(this);

    /// <summary>This type with null.</summary>
    public GraphQLType Nullable() => this is NonNullType nonNull ? nonNull.OfType : this;

    /// <summary>The type within all wrappers.</summary>
    public NamedType Named() => this switch
    {
        NonNullType nonNull => nonNull.OfType.Named(),
        ListType list => list.OfType.Named(),
        _ => (NamedType)this,
    };

    public bool IsInput => Named() is ScalarType or EnumType or InputObjectType;

    public bool IsOutput => Named() is not InputObjectType;
}

/// <summary>Section 3.11.</summary>
internal sealed class ListType(GraphQLType ofType) : GraphQLType
{
    public GraphQLType OfType { get; } = ofType;

    public override string ToString() => $"[{OfType}]";
}

/// <summary>Section 3.12.</summary>
internal sealed class NonNullType(GraphQLType ofType) : GraphQLType
{
    public GraphQLType OfType { get; } = ofType;

    public override string ToString() => $"{OfType}!";
}

internal abstract class NamedType(string name) : GraphQLType
{
    public string Name { get; } = name;

    public string? Description { get; set; }

    public override string ToString() => Name;
}

/// <summary>A type with selections of its own: object, interface or union.</summary>
internal abstract class CompositeType(string name) : NamedType(name)
{
    /// <summary>The objects this type may be at run time; an object is only itself.</summary>
    public abstract IReadOnlyList<ObjectType> PossibleTypes { get; }

    public abstract Field? FindField(string name);
}
