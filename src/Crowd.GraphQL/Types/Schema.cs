using Crowd.GraphQL.Introspection;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Types;

/// <summary>A complete schema (section 3.3). Does not change once built.</summary>
internal sealed class Schema : ISchema
{
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);

    public Schema(ObjectType query, ObjectType? mutation, ObjectType? subscription, IEnumerable<NamedType> types, IEnumerable<Directive> directives)
    {
        Query = query;
        Mutation = mutation;
        Subscription = subscription;
        Directives = [.. directives];
        foreach (var type in types)
        {
            _types.TryAdd(type.Name, type);
        }

        foreach (var type in IntrospectionTypes.All)
        {
            _types.TryAdd(type.Name, type);
        }

        Names = new NameTable([.. NamesOf(), .. ScalarType.BuiltIn.Select(scalar => scalar.Name), "if", "skip", "include"]);
    }

    public string? Description { get; init; }

    public ObjectType Query { get; }

    public ObjectType? Mutation { get; }

    public ObjectType? Subscription { get; }

    public IReadOnlyList<Directive> Directives { get; }

    public IReadOnlyCollection<NamedType> Types => _types.Values;

    public NameTable Names { get; }

    public NamedType? Find(string name) => _types.GetValueOrDefault(name);

    public Directive? FindDirective(string name) => Directives.FirstOrDefault(directive => directive.Name == name);

    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => Query,
        OperationType.Mutation => Mutation,
        _ => Subscription,
    };

    /// <summary>A field of the type, or one of the meta fields of sections 4.1 and 4.2.</summary>
    public Field? FindField(CompositeType type, string name)
    {
        if (!name.StartsWith("__", StringComparison.Ordinal))
        {
            return type.FindField(name);
        }

        return name switch
        {
            "__typename" => MetaFields.TypeName,
            "__schema" when ReferenceEquals(type, Query) => MetaFields.Schema,
            "__type" when ReferenceEquals(type, Query) => MetaFields.Type,
            _ => type.FindField(name),
        };
    }

    public bool IsPossible(CompositeType type, ObjectType candidate) => ReferenceEquals(type, candidate) || type.PossibleTypes.Contains(candidate);

    /// <summary>The type a reference in a document names, or null if there is none.</summary>
    public GraphQLType? TypeOf(TypeNode node) => node switch
    {
        NamedTypeNode named => Find(named.Name),
        ListTypeNode list => TypeOf(list.Type)?.List(),
        NonNullTypeNode nonNull => TypeOf(nonNull.Type)?.NonNull(),
        _ => null,
    };

    public string Print() => SchemaPrinter.Print(this);

    public SchemaElement? FindElement(string coordinate) => CoordinateLookup.Find(this, SchemaCoordinate.Parse(coordinate));

    private IEnumerable<string> NamesOf()
    {
        foreach (var type in _types.Values)
        {
            yield return type.Name;
            switch (type)
            {
                case FieldsType fields:
                    foreach (var field in fields.Fields)
                    {
                        yield return field.Name;
                        foreach (var argument in field.Arguments)
                        {
                            yield return argument.Name;
                        }
                    }

                    break;
                case InputObjectType input:
                    foreach (var field in input.Fields)
                    {
                        yield return field.Name;
                    }

                    break;
                case EnumType values:
                    foreach (var value in values.Values)
                    {
                        yield return value.Name;
                    }

                    break;
            }
        }
    }
}
