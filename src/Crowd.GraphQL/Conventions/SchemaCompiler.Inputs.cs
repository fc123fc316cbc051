using System.Reflection;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Conventions;

// Input types: sections 3.5, 3.9 to 3.11.
internal sealed partial class SchemaCompiler
{
    private readonly Dictionary<Type, InputObjectType> _inputs = [];
    private readonly Dictionary<Type, InputShape> _shapes = [];

    /// <summary>The type of a value that goes in, without null, and what C# wants it as.</summary>
    private (GraphQLType Type, InputShape Shape) Input(Type type, NullabilityInfo? nullability, MemberInfo? member)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Input(underlying, null, member);
        }

        if (_configuration.Scalars.TryGetValue(type, out var binding))
        {
            return (Scalar(binding), binding.Shape);
        }

        if (type.IsEnum)
        {
            var named = Enum(type);
            return (named, Shape(type, () => new LeafInputShape(new EnumCodec(named))));
        }

        if (IsOptional(type))
        {
            var (inner, shape) = Input(type.GetGenericArguments()[0], nullability?.GenericTypeArguments[0], member);
            return (inner, shape);
        }

        if (ItemOf(type) is { } item)
        {
            var itemNullability = type.IsArray ? nullability?.ElementType : nullability?.GenericTypeArguments.FirstOrDefault();
            var (inner, shape) = Input(item, itemNullability, member);
            var build = InputLists.BuilderFor(type, item) ?? throw new SchemaException($"{type} cannot be made of a list; take an array or IReadOnlyList<T>.", member);
            return ((IsNullable(item, itemNullability) ? inner : inner.NonNull()).List(), Shape(type, () => new ListInputShape(shape, build)));
        }

        if (type == typeof(object) || type == typeof(void) || typeof(Delegate).IsAssignableFrom(type) || type.IsInterface || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            throw new SchemaException($"{type} is neither a GraphQL input type nor a registered service.", member);
        }

        var named2 = InputObject(type);
        return (named2, named2.DefaultShape!);
    }

    private InputShape Shape(Type type, Func<InputShape> create)
    {
        if (!_shapes.TryGetValue(type, out var shape))
        {
            shape = create();
            _shapes.Add(type, shape);
        }

        return shape;
    }

    private InputObjectType InputObject(Type type)
    {
        if (_inputs.TryGetValue(type, out var known))
        {
            return known;
        }

        var shape = new ObjectInputShape();
        var isOneOf = type.IsAbstract || type.IsDefined(typeof(OneOfAttribute));
        var input = new InputObjectType(Naming.WithInputSuffix(NameOf(type))) { Description = _documentation.Of(type), IsOneOf = isOneOf, DefaultShape = shape };
        _inputs.Add(type, input);
        Register(input, type);
        _work.Enqueue(() =>
        {
            if (type.IsAbstract)
            {
                FillCases(input, shape, type);
            }
            else
            {
                FillFields(input, shape, type);
            }
        });
        return input;
    }

    // Section 3.10.1: a closed hierarchy is one field for each case, named after the case.
    private void FillCases(InputObjectType input, ObjectInputShape shape, Type type)
    {
        foreach (var each in Members.Cases(type))
        {
            var nested = InputObject(each);
            input.Add(new InputValue(Naming.Camel(each.Name), nested) { Description = _documentation.Of(each), Shape = nested.DefaultShape! });
        }

        if (input.Fields.Count == 0)
        {
            throw new SchemaException("A hierarchy needs concrete cases.", type);
        }

        shape.Create = static values => Array.Find(values, value => !ReferenceEquals(value, ObjectInputShape.Missing));
    }

    private void FillFields(InputObjectType input, ObjectInputShape shape, Type type)
    {
        var constructor = InputObjects.ConstructorOf(type);
        var members = new List<(PropertyInfo Property, ParameterInfo? Parameter)>();
        foreach (var property in Members.Inputs(type, _configuration.TypeOptions.GetValueOrDefault(type)))
        {
            var parameter = constructor?.GetParameters().FirstOrDefault(each => string.Equals(each.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (parameter is null && property.SetMethod?.IsPublic != true)
            {
                continue;
            }

            var nullability = _nullability.Create(property);
            var (fieldType, fieldShape) = Input(property.PropertyType, nullability, property);
            var isNullable = IsNullable(property.PropertyType, nullability) || IsOptional(property.PropertyType) || input.IsOneOf;
            var named = parameter is null ? null : DefaultLiterals.Of(parameter, fieldType);
            var isRequired = parameter is not null ? !parameter.HasDefaultValue : property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
            input.Add(new InputValue(Naming.Field(property), isNullable || (!isRequired && named is null) ? fieldType : fieldType.NonNull())
            {
                Description = _documentation.Of(property),
                DeprecationReason = DeprecationOf(property),
                DefaultValue = named,
                Shape = fieldShape,
            });
            members.Add((property, parameter));
        }

        shape.Create = InputObjects.Compile(type, constructor, members);
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
