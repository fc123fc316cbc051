using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Types;

/// <summary>Section 3.9.</summary>
internal sealed class EnumType(string name) : NamedType(name)
{
    private readonly Dictionary<string, EnumValue> _byName = new(StringComparer.Ordinal);

    public List<EnumValue> Values { get; } = [];

    public void Add(EnumValue value)
    {
        _byName.Add(value.Name, value);
        Values.Add(value);
    }

    public EnumValue? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>A name of an enum and the C# value it stands for.</summary>
internal sealed record EnumValue(string Name, object Value, string? Description, string? DeprecationReason);

/// <summary>Section 3.10.</summary>
internal sealed class InputObjectType(string name) : NamedType(name)
{
    private readonly Dictionary<string, InputValue> _byName = new(StringComparer.Ordinal);

    public List<InputValue> Fields { get; } = [];

    public InputShape? DefaultShape { get; init; }

    /// <summary>Section 3.10.1: exactly one field is given.</summary>
    public bool IsOneOf { get; init; }

    public void Add(InputValue field)
    {
        if (!_byName.TryAdd(field.Name, field))
        {
            throw new SchemaException($"The type {Name} has two fields named {field.Name}.", member: null);
        }

        field.Index = Fields.Count;
        Fields.Add(field);
    }

    public InputValue? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>An argument (section 3.6.1) or an input field (section 3.10).</summary>
internal sealed class InputValue(string name, GraphQLType type)
{
    private object? _coercedDefault;
    private bool _isDefaultCoerced;

    public string Name { get; } = name;

    public GraphQLType Type { get; } = type;

    public string? Description { get; init; }

    public string? DeprecationReason { get; init; }

    /// <summary>The default as it is printed and coerced; null for none.</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>How a value becomes what C# expects here.</summary>
    public required InputShape Shape { get; init; }

    /// <summary>The default as C# expects it. Coerced when first asked for, since input types may be recursive.</summary>
    public object? CoercedDefault
    {
        get
        {
            if (!_isDefaultCoerced && DefaultValue is not null)
            {
                var errors = new CoercionErrors();
                _coercedDefault = LiteralCoercion.Coerce(Type, Shape, DefaultValue, variables: null, errors);
                _isDefaultCoerced = errors.Count == 0
                    ? true
                    : throw new SchemaException($"The default of {Name} is not a {Type}: {errors.Problems[0].Message}", member: null);
            }

            return _coercedDefault;
        }
    }

    /// <summary>Position among the arguments or fields.</summary>
    public int Index { get; set; }

    public bool IsRequired => Type is NonNullType && DefaultValue is null;
}
