using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Results;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Introspection;

/// <summary>The types of section 4.2, which every schema has. Their values are the engine's own type objects.</summary>
internal static class IntrospectionTypes
{
    public static readonly ObjectType Schema = new("__Schema") { Description = "The types and directives of a server, and where its operations start." };
    public static readonly ObjectType Type = new("__Type") { Description = "A type of the schema, or a list or non-null wrapper around one; `kind` says which." };
    private static readonly EnumType TypeKind = new("__TypeKind") { Description = "What sort of type a `__Type` is." };
    private static readonly ObjectType Field = new("__Field") { Description = "A field of an object or interface." };
    private static readonly ObjectType InputValue = new("__InputValue") { Description = "An argument or an input field." };
    private static readonly ObjectType EnumValue = new("__EnumValue") { Description = "One value of an enum." };
    private static readonly ObjectType Directive = new("__Directive") { Description = "A directive that the server understands." };
    private static readonly EnumType DirectiveLocation = new("__DirectiveLocation") { Description = "A place where a directive may stand." };

    private static readonly LeafCompleter<string?> Text = new(static (value, ref slot) => slot.SetString(value));
    private static readonly LeafCompleter<bool> Boolean = new(static (value, ref slot) => slot.SetBoolean(value));
    private static readonly NullableCompleter<bool> MaybeBoolean = new(Boolean);
    private static readonly ObjectCompleter<GraphQLType?> OneType = new(Type);

    static IntrospectionTypes()
    {
        FillSchema();
        FillType();
        FillMembers();
        foreach (var kind in Enum.GetValues<TypeKind>())
        {
            TypeKind.Add(new EnumValue(kind.ToString(), kind, null, null));
        }

        foreach (var location in DirectiveLocations.All)
        {
            DirectiveLocation.Add(new EnumValue(location, location, null, null));
        }
    }

    public static IReadOnlyList<NamedType> All => [Schema, Type, TypeKind, Field, InputValue, EnumValue, Directive, DirectiveLocation];

    private static void FillSchema()
    {
        Schema.Add(Of<Schema, string?>("description", ScalarType.String, schema => schema.Description, Text));
        Schema.Add(Of<Schema, IEnumerable<GraphQLType>?>("types", Type.NonNull().List().NonNull(), schema => schema.Types, Types));
        Schema.Add(Of<Schema, GraphQLType?>("queryType", Type.NonNull(), schema => schema.Query, OneType));
        Schema.Add(Of<Schema, GraphQLType?>("mutationType", Type, schema => schema.Mutation, OneType));
        Schema.Add(Of<Schema, GraphQLType?>("subscriptionType", Type, schema => schema.Subscription, OneType));
        Schema.Add(Of<Schema, IEnumerable<Directive>?>("directives", Directive.NonNull().List().NonNull(), schema => schema.Directives, List(Directive, default(Directive))));
    }

    private static void FillType()
    {
        Type.Add(Of<GraphQLType, string?>("kind", TypeKind.NonNull(), type => KindOf(type).ToString(), Text));
        Type.Add(Of<GraphQLType, string?>("name", ScalarType.String, type => (type as NamedType)?.Name, Text));
        Type.Add(Of<GraphQLType, string?>("description", ScalarType.String, type => (type as NamedType)?.Description, Text));
        Type.Add(Of<GraphQLType, string?>("specifiedByURL", ScalarType.String, type => (type as ScalarType)?.SpecifiedByUrl, Text));
        Type.Add(Deprecatable<GraphQLType, Field>("fields", Field, type => (type as FieldsType)?.Fields, field => field.DeprecationReason));
        Type.Add(Of<GraphQLType, IEnumerable<GraphQLType>?>("interfaces", Type.NonNull().List(), type => (type as FieldsType)?.Interfaces, Types));
        Type.Add(Of<GraphQLType, IEnumerable<GraphQLType>?>("possibleTypes", Type.NonNull().List(), PossibleTypes, Types));
        Type.Add(Deprecatable<GraphQLType, EnumValue>("enumValues", EnumValue, type => (type as EnumType)?.Values, value => value.DeprecationReason));
        Type.Add(Deprecatable<GraphQLType, InputValue>("inputFields", InputValue, type => (type as InputObjectType)?.Fields, field => field.DeprecationReason));
        Type.Add(Of<GraphQLType, GraphQLType?>("ofType", Type, type => (type as ListType)?.OfType ?? (type as NonNullType)?.OfType, OneType));
        Type.Add(Of<GraphQLType, bool?>("isOneOf", ScalarType.Boolean, type => (type as InputObjectType)?.IsOneOf, MaybeBoolean));
    }

    private static void FillMembers()
    {
        Field.Add(Of<Field, string?>("name", ScalarType.String.NonNull(), field => field.Name, Text));
        Field.Add(Of<Field, string?>("description", ScalarType.String, field => field.Description, Text));
        Field.Add(Deprecatable<Field, InputValue>("args", InputValue, field => field.Arguments, value => value.DeprecationReason, isNonNull: true));
        Field.Add(Of<Field, GraphQLType?>("type", Type.NonNull(), field => field.Type, OneType));
        Field.Add(Of<Field, bool>("isDeprecated", ScalarType.Boolean.NonNull(), field => field.DeprecationReason is not null, Boolean));
        Field.Add(Of<Field, string?>("deprecationReason", ScalarType.String, field => field.DeprecationReason, Text));

        InputValue.Add(Of<InputValue, string?>("name", ScalarType.String.NonNull(), value => value.Name, Text));
        InputValue.Add(Of<InputValue, string?>("description", ScalarType.String, value => value.Description, Text));
        InputValue.Add(Of<InputValue, GraphQLType?>("type", Type.NonNull(), value => value.Type, OneType));
        InputValue.Add(Of<InputValue, string?>("defaultValue", ScalarType.String, value => value.DefaultValue is { } literal ? Printer.Print(literal) : null, Text));
        InputValue.Add(Of<InputValue, bool>("isDeprecated", ScalarType.Boolean.NonNull(), value => value.DeprecationReason is not null, Boolean));
        InputValue.Add(Of<InputValue, string?>("deprecationReason", ScalarType.String, value => value.DeprecationReason, Text));

        EnumValue.Add(Of<EnumValue, string?>("name", ScalarType.String.NonNull(), value => value.Name, Text));
        EnumValue.Add(Of<EnumValue, string?>("description", ScalarType.String, value => value.Description, Text));
        EnumValue.Add(Of<EnumValue, bool>("isDeprecated", ScalarType.Boolean.NonNull(), value => value.DeprecationReason is not null, Boolean));
        EnumValue.Add(Of<EnumValue, string?>("deprecationReason", ScalarType.String, value => value.DeprecationReason, Text));

        Directive.Add(Of<Directive, string?>("name", ScalarType.String.NonNull(), directive => directive.Name, Text));
        Directive.Add(Of<Directive, string?>("description", ScalarType.String, directive => directive.Description, Text));
        Directive.Add(Of<Directive, bool>("isRepeatable", ScalarType.Boolean.NonNull(), directive => directive.IsRepeatable, Boolean));
        Directive.Add(Of<Directive, IEnumerable<string>>(
            "locations",
            DirectiveLocation.NonNull().List().NonNull(),
            directive => directive.Locations,
            new ListCompleter<IEnumerable<string>, string>(new LeafCompleter<string>(static (value, ref slot) => slot.SetString(value)), areItemsNonNull: true)));
        Directive.Add(Deprecatable<Directive, InputValue>("args", InputValue, directive => directive.Arguments, value => value.DeprecationReason, isNonNull: true));
    }

    private static ListCompleter<IEnumerable<GraphQLType>?, GraphQLType> Types => new(new ObjectCompleter<GraphQLType>(Type), areItemsNonNull: true);

    private static ListCompleter<IEnumerable<T>?, T> List<T>(ObjectType type, T? _) => new(new ObjectCompleter<T>(type), areItemsNonNull: true);

    private static Field Of<TParent, T>(string name, GraphQLType type, Func<TParent, T> get, Completer<T> completer) =>
        new(name, type, []) { Resolver = new SyncResolver<T>((parent, _, _) => get((TParent)parent!), completer) };

    // Lists whose deprecated entries show only when asked for.
    private static Field Deprecatable<TParent, T>(string name, ObjectType item, Func<TParent, IEnumerable<T>?> get, Func<T, string?> reason, bool isNonNull = false)
    {
        var argument = new InputValue("includeDeprecated", ScalarType.Boolean.NonNull())
        {
            DefaultValue = new BooleanValueNode(false),
            Shape = new LeafInputShape(ScalarType.Boolean),
        };
        var list = item.NonNull().List();
        return new Field(name, isNonNull ? list.NonNull() : list, [argument])
        {
            Resolver = new SyncResolver<IEnumerable<T>?>(
                (parent, arguments, _) => get((TParent)parent!)?.Where(each => (bool)arguments[0]! || reason(each) is null),
                List(item, default(T))),
        };
    }

    private static TypeKind KindOf(GraphQLType type) => type switch
    {
        ScalarType => Introspection.TypeKind.SCALAR,
        ObjectType => Introspection.TypeKind.OBJECT,
        InterfaceType => Introspection.TypeKind.INTERFACE,
        UnionType => Introspection.TypeKind.UNION,
        EnumType => Introspection.TypeKind.ENUM,
        InputObjectType => Introspection.TypeKind.INPUT_OBJECT,
        ListType => Introspection.TypeKind.LIST,
        _ => Introspection.TypeKind.NON_NULL,
    };

    private static IReadOnlyList<ObjectType>? PossibleTypes(GraphQLType type) => type is InterfaceType or UnionType ? ((CompositeType)type).PossibleTypes : null;
}
