using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Conventions;

// Output types: sections 3.5 to 3.9 and 3.11.
internal sealed partial class SchemaCompiler
{
    private readonly Dictionary<Type, CompositeType> _composites = [];
    private readonly Dictionary<Type, object> _completers = [];

    /// <summary>The type of a value that comes out, without null, and its <see cref="Completer{T}"/>.</summary>
    private (GraphQLType Type, object Completer) Output(Type type, NullabilityInfo? nullability, MemberInfo? member)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            var (inner, completer) = Output(underlying, null, member);
            return (inner, Create(typeof(NullableCompleter<>), [underlying], completer));
        }

        if (_configuration.Scalars.TryGetValue(type, out var binding))
        {
            return (Scalar(binding), binding.Completer);
        }

        if (type.IsEnum)
        {
            var named = Enum(type);
            return (named, Cached(type, () => Create(typeof(EnumCompletion<>), [type], named, "Completer")));
        }

        if (ItemOf(type) is { } item)
        {
            var itemNullability = type.IsArray ? nullability?.ElementType : nullability?.GenericTypeArguments.FirstOrDefault();
            var (inner, completer) = Output(item, itemNullability, member);
            var isNonNull = !IsNullable(item, itemNullability);
            return ((isNonNull ? inner.NonNull() : inner).List(), Create(typeof(ListCompleter<,>), [type, item], completer, isNonNull));
        }

        if (type == typeof(object) || type.IsPointer || type == typeof(void) || typeof(Delegate).IsAssignableFrom(type) || typeof(Task).IsAssignableFrom(type))
        {
            throw new SchemaException($"{type} has no GraphQL type.", member);
        }

        var composite = Composite(type);
        return (composite, Cached(type, () => composite is ObjectType
            ? Create(typeof(ObjectCompleter<>), [type], composite)
            : Create(typeof(AbstractCompleter<>), [type], composite, _objects)));
    }

    private ScalarType Scalar(ScalarBinding binding)
    {
        if (_named.TryGetValue(binding.Type.Name, out var known))
        {
            return known.Type as ScalarType ?? throw new SchemaException($"There is another type named {binding.Type.Name}.", binding.ClrType);
        }

        Register(binding.Type, binding.ClrType);
        return binding.Type;
    }

    private EnumType Enum(Type type)
    {
        var name = NameOf(type);
        if (_named.TryGetValue(name, out var known) && known.ClrType == type)
        {
            return (EnumType)known.Type;
        }

        var named = new EnumType(name) { Description = _documentation.Of(type) };
        Register(named, type);
        foreach (var value in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => !field.IsDefined(typeof(GraphQLIgnoreAttribute))))
        {
            named.Add(new EnumValue(Naming.EnumValue(value), value.GetValue(null)!, _documentation.Of(value), DeprecationOf(value)));
        }

        return named;
    }

    private CompositeType Composite(Type type)
    {
        if (_composites.TryGetValue(type, out var known))
        {
            return known;
        }

        CompositeType composite = Members.IsHierarchy(type) ? Hierarchy(type) : new ObjectType(NameOf(type)) { ClrType = type };
        composite.Description = _documentation.Of(type);
        _composites.Add(type, composite);
        Register(composite, type);
        if (composite is ObjectType single)
        {
            _objects.Add(type, single);
        }

        _work.Enqueue(() => Fill(composite, type));
        return composite;
    }

    // A base with properties of its own is an interface, one without is a union, unless registration says otherwise.
    private CompositeType Hierarchy(Type type)
    {
        var options = _configuration.TypeOptions.GetValueOrDefault(type);
        var isInterface = options?.IsInterface ?? Members.Fields(type, options).Any();
        return isInterface ? new InterfaceType(NameOf(type)) : new UnionType(NameOf(type));
    }

    private void Fill(CompositeType composite, Type type)
    {
        var options = _configuration.TypeOptions.GetValueOrDefault(type);
        if (composite is FieldsType fields)
        {
            foreach (var member in Members.Fields(type, options))
            {
                fields.Add(MemberField(type, member, isAbstract: fields is InterfaceType));
            }

            Extend(fields, type);
        }

        if (composite is not ObjectType)
        {
            var cases = Members.Cases(type);
            if (cases.Length == 0)
            {
                throw new SchemaException("A hierarchy needs concrete cases.", type);
            }

            foreach (var each in cases)
            {
                AddCase(composite, (ObjectType)Composite(each));
            }
        }
    }

    private void AddCase(CompositeType composite, ObjectType each)
    {
        if (composite is UnionType union)
        {
            union.Types.Add(each);
            return;
        }

        var parent = (InterfaceType)composite;
        parent.Implementations.Add(each);
        each.Interfaces.Add(parent);

        // What extends the base extends its cases.
        _work.Enqueue(() =>
        {
            foreach (var extension in _extensions[_composites.First(entry => entry.Value == parent).Key])
            {
                AddExtension(each, extension);
            }
        });
    }

    [SuppressMessage("Performance", "CA1508", Justification = "The cache is filled by the factory.")]
    private object Cached(Type type, Func<object> create)
    {
        if (!_completers.TryGetValue(type, out var completer))
        {
            completer = create();
            _completers[type] = completer;
        }

        return completer;
    }

    private static object Create(Type definition, Type[] arguments, params object[] values)
    {
        var closed = definition.MakeGenericType(arguments);
        return definition == typeof(EnumCompletion<>)
            ? closed.GetMethod((string)values[1], BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [values[0]])!
            : Activator.CreateInstance(closed, values)!;
    }

    /// <summary>The item type of what counts as a list, or null.</summary>
    private static Type? ItemOf(Type type)
    {
        if (type == typeof(string))
        {
            return null;
        }

        if (type.IsArray)
        {
            return type.GetElementType();
        }

        var enumerable = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type
            : type.GetInterfaces().FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return enumerable?.GetGenericArguments()[0];
    }

    private static bool IsNullable(Type type, NullabilityInfo? nullability) =>
        type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable };
}
