using Crowd.GraphQL.Scalars;

namespace Crowd.GraphQL.Types;

/// <summary>Section 3.5.</summary>
internal sealed class ScalarType(string name) : NamedType(name)
{
    /// <summary>Section 3.5.1.</summary>
    public static readonly ScalarType Int = new("Int") { Description = "A whole number between -2³¹ and 2³¹ - 1.", Codec = BuiltInCodecs.Int };

    /// <summary>Section 3.5.2.</summary>
    public static readonly ScalarType Float = new("Float") { Description = "A double-precision number as IEEE 754 has it.", Codec = BuiltInCodecs.Float };

    /// <summary>Section 3.5.3.</summary>
    public static readonly ScalarType String = new("String") { Description = "Text.", Codec = BuiltInCodecs.String };

    /// <summary>Section 3.5.4.</summary>
    public static readonly ScalarType Boolean = new("Boolean") { Description = "True or false.", Codec = BuiltInCodecs.Boolean };

    /// <summary>Section 3.5.5.</summary>
    public static readonly ScalarType ID = new("ID") { Description = "An identifier, written as a string; an integer is also taken.", Codec = BuiltInCodecs.ID };

    public static readonly IReadOnlyList<ScalarType> BuiltIn = [String, Int, Float, Boolean, ID];

    /// <summary>Where the scalar is specified (section 3.13.4).</summary>
    public string? SpecifiedByUrl { get; init; }

    /// <summary>How input is read where no C# type asks otherwise.</summary>
    public required LeafCodec Codec { get; init; }

    public bool IsBuiltIn => BuiltIn.Contains(this);
}
