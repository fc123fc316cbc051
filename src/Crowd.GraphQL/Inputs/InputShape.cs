using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Inputs;

/// <summary>What C# expects where a value goes in: the same GraphQL type may be a string here and an id struct there.</summary>
internal abstract class InputShape
{
    /// <summary>The shape of a value whose type C# does not say, such as that of a variable used only in a directive.</summary>
    public static InputShape Default(GraphQLType type) => type switch
    {
        NonNullType nonNull => Default(nonNull.OfType),
        ListType list => new ListInputShape(Default(list.OfType), items => items),
        ScalarType scalar => new LeafInputShape(scalar),
        EnumType named => new LeafInputShape(new EnumCodec(named)),
        InputObjectType input => input.DefaultShape!,
        _ => throw new InvalidOperationException($"{type} is no input type."),
    };
}

internal sealed class LeafInputShape(LeafCodec codec) : InputShape
{
    public LeafInputShape(ScalarType type)
        : this(type.Codec)
    {
    }

    public LeafCodec Codec { get; } = codec;
}

/// <summary>A list.</summary>
/// <param name="item">Shape of each item.</param>
/// <param name="build">Makes the list C# expects of the items; it owns the array.</param>
internal sealed class ListInputShape(InputShape item, Func<object?[], object> build) : InputShape
{
    public InputShape Item { get; } = item;

    public Func<object?[], object> Build { get; } = build;
}

/// <summary>An input object. <see cref="Create"/> takes one value for each field, <see cref="Missing"/> for those not given.</summary>
internal sealed class ObjectInputShape : InputShape
{
    /// <summary>Stands for a field that was not given and has no default.</summary>
    public static readonly object Missing = new();

    /// <summary>Set once the type's members are known; input types may be recursive.</summary>
    public Func<object?[], object?> Create { get; set; } = static _ => throw new InvalidOperationException("The schema is not complete.");
}
