using System.Reflection;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL.Conventions;

/// <summary>Makes a schema of C# types. Works through a queue, so that types may refer to each other.</summary>
internal sealed partial class SchemaCompiler
{
    private readonly SchemaConfiguration _configuration;
    private readonly IServiceProviderIsService? _services;
    private readonly XmlDocumentation _documentation = new();
    private readonly ObjectTypeMap _objects = new();
    private readonly Dictionary<string, (NamedType Type, Type? ClrType)> _named = new(StringComparer.Ordinal);
    private readonly Queue<Action> _work = new();
    private readonly NullabilityInfoContext _nullability = new();
    private readonly ILookup<Type, Type> _extensions;

    private SchemaCompiler(SchemaConfiguration configuration, IServiceProviderIsService? services)
    {
        _configuration = configuration;
        _services = services;
        _extensions = configuration.Extensions.ToLookup(
            extension => extension.GetCustomAttribute<ExtendObjectTypeAttribute>()?.Type
                ?? throw new SchemaException("An extension needs [ExtendObjectType].", extension));
    }

    /// <summary>Builds the schema.</summary>
    /// <exception cref="SchemaException">The types do not make one; says which member is at fault.</exception>
    public static Schema Compile(SchemaConfiguration configuration, IServiceProviderIsService? services) =>
        new SchemaCompiler(configuration, services).Run();

    private Schema Run()
    {
        if (_configuration.Query.Count == 0)
        {
            throw new SchemaException("A schema needs a query type: call Query<T>().", member: null);
        }

        var query = Root("Query", _configuration.Query)!;
        var mutation = Root("Mutation", _configuration.Mutation);
        var subscription = Root("Subscription", _configuration.Subscription);
        foreach (var type in _configuration.Types)
        {
            _work.Enqueue(() => Output(type, null, null));
        }

        while (_work.TryDequeue(out var next))
        {
            next();
        }

        foreach (var scalar in ScalarType.BuiltIn)
        {
            _named.TryAdd(scalar.Name, (scalar, null));
        }

        var types = _named.Values.Select(entry => entry.Type).OrderBy(type => type.Name, StringComparer.Ordinal);
        var schema = new Schema(query, mutation, subscription, types, Directive.Specified) { Description = _configuration.Description };
        SchemaRules.Check(schema);
        return schema;
    }

    private ObjectType? Root(string name, List<Type> types)
    {
        if (types.Count == 0)
        {
            return null;
        }

        var root = new ObjectType(name) { Description = _documentation.Of(types[0]) };
        Register(root, null);
        foreach (var type in types)
        {
            _work.Enqueue(() =>
            {
                foreach (var member in Members.Fields(type, _configuration.TypeOptions.GetValueOrDefault(type), isRoot: true))
                {
                    root.Add(RootField(type, member));
                }

                Extend(root, type);
            });
        }

        return root;
    }

    private void Register(NamedType type, Type? clrType)
    {
        if (!Naming.IsValid(type.Name))
        {
            throw new SchemaException($"\"{type.Name}\" is no name for a type.", clrType ?? typeof(object));
        }

        if (!_named.TryAdd(type.Name, (type, clrType)))
        {
            throw new SchemaException($"There is another type named {type.Name}: {_named[type.Name].ClrType?.FullName ?? "a scalar"}.", clrType ?? typeof(object));
        }
    }

    private string NameOf(Type type) => _configuration.TypeOptions.GetValueOrDefault(type)?.Name ?? Naming.Type(type);

    private static string? DeprecationOf(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(ObsoleteAttribute), inherit: false) is [ObsoleteAttribute obsolete, ..] ? obsolete.Message ?? "No longer supported" : null;
}
