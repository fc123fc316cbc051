using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>A schema from the definition language whose values are made up of hashes, the same here and in node.</summary>
internal sealed class SdlSchema
{
    private readonly Dictionary<string, TypeDefinitionNode> _nodes;
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<GraphQLType, InputShape> _shapes = [];
    private readonly bool _isAsync;

    private SdlSchema(string sdl, bool isAsync)
    {
        _isAsync = isAsync;
        _nodes = Parser.Parse(sdl).Definitions.OfType<TypeDefinitionNode>().ToDictionary(type => type.Name.Value, StringComparer.Ordinal);
    }

    /// <summary>Builds the schema.</summary>
    /// <param name="sdl">The definitions; roots have the default names.</param>
    /// <param name="isAsync">Whether every field gives a task that is not complete yet.</param>
    public static Schema Build(string sdl, bool isAsync = false)
    {
        var builder = new SdlSchema(sdl, isAsync);
        foreach (var name in builder._nodes.Keys)
        {
            builder.Named(name);
        }

        foreach (var node in builder._nodes.Values)
        {
            builder.Fill(node);
        }

        foreach (var scalar in ScalarType.BuiltIn)
        {
            builder._types.TryAdd(scalar.Name, scalar);
        }

        return new Schema(
            (ObjectType)builder._types["Query"],
            builder._types.GetValueOrDefault("Mutation") as ObjectType,
            builder._types.GetValueOrDefault("Subscription") as ObjectType,
            builder._types.Values,
            Directive.Specified);
    }

    private NamedType Named(string name)
    {
        if (_types.TryGetValue(name, out var known))
        {
            return known;
        }

        NamedType type = _nodes.TryGetValue(name, out var node) ? Empty(node, name) : ScalarType.BuiltIn.First(scalar => scalar.Name == name);
        type = _types[name] = type;
        if (node is not null)
        {
            type.Description = node.Description?.Value;
        }

        return type;
    }

    private static NamedType Empty(TypeDefinitionNode node, string name) => node switch
    {
        FieldsTypeNode { IsInterface: true } => new InterfaceType(name),
        FieldsTypeNode => new ObjectType(name),
        UnionTypeNode => new UnionType(name),
        EnumTypeNode => new EnumType(name),
        InputObjectTypeNode => new InputObjectType(name)
        {
            IsOneOf = node.Directives.Any(directive => directive.Name.Value == "oneOf"),
            DefaultShape = new ObjectInputShape(),
        },
        _ => new ScalarType(name) { Codec = JsonCodec.Instance, SpecifiedByUrl = StringArgument(node, "specifiedBy", "url") },
    };

    private void Fill(TypeDefinitionNode node)
    {
        switch (node, Named(node.Name.Value))
        {
            case (FieldsTypeNode fields, FieldsType type):
                foreach (var field in fields.Fields)
                {
                    type.Add(Field(field, isStream: type.Name == "Subscription"));
                }

                foreach (var parent in fields.Interfaces)
                {
                    var implemented = (InterfaceType)Named(parent.Name);
                    type.Interfaces.Add(implemented);
                    if (type is ObjectType each)
                    {
                        implemented.Implementations.Add(each);
                    }
                }

                break;
            case (UnionTypeNode union, UnionType type):
                type.Types.AddRange(union.Types.Select(each => (ObjectType)Named(each.Name)));
                break;
            case (EnumTypeNode named, EnumType type):
                foreach (var value in named.Values)
                {
                    type.Add(new EnumValue(value.Name.Value, value.Name.Value, value.Description?.Value, Deprecation(value)));
                }

                break;
            case (InputObjectTypeNode input, InputObjectType type):
                foreach (var field in input.Fields)
                {
                    type.Add(Input(field));
                }

                ((ObjectInputShape)type.DefaultShape!).Create = values => type.Fields
                    .Where(field => !ReferenceEquals(values[field.Index], ObjectInputShape.Missing))
                    .ToDictionary(field => field.Name, field => values[field.Index], StringComparer.Ordinal);
                break;
        }
    }

    private Field Field(FieldDefinitionNode node, bool isStream)
    {
        var type = Reference(node.Type);
        var arguments = node.Arguments.Select(Input).ToArray();
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i].Index = i;
        }

        var completer = new HashCompleter(type);
        string Key(object? parent, object?[] values) => HashValues.Key((parent as HashObject)?.Key ?? "", node.Name.Value, arguments, values);
        return new Field(node.Name.Value, type, arguments)
        {
            Description = node.Description?.Value,
            DeprecationReason = Deprecation(node),
            Resolver = isStream
                ? new StreamResolver<object?>((parent, values, _) => HashValues.Stream(type, Key(parent, values), _isAsync), completer)
                : _isAsync
                ? new TaskResolver<object?>(
                    async (parent, values, _) =>
                    {
                        await Task.Yield();
                        return HashValues.Resolve(type, Key(parent, values));
                    },
                    completer)
                : new SyncResolver<object?>((parent, values, _) => HashValues.Resolve(type, Key(parent, values)), completer),
        };
    }

    private InputValue Input(InputValueDefinitionNode node)
    {
        var type = Reference(node.Type);
        return new InputValue(node.Name.Value, type)
        {
            Description = node.Description?.Value,
            DeprecationReason = Deprecation(node),
            DefaultValue = node.DefaultValue,
            Shape = Shape(type),
        };
    }

    private InputShape Shape(GraphQLType type)
    {
        type = type.Nullable();
        if (!_shapes.TryGetValue(type, out var shape))
        {
            shape = type is ListType list ? new ListInputShape(Shape(list.OfType), items => items) : InputShape.Default(type);
            _shapes.Add(type, shape);
        }

        return shape;
    }

    private GraphQLType Reference(TypeNode node) => node switch
    {
        NonNullTypeNode nonNull => Reference(nonNull.Type).NonNull(),
        ListTypeNode list => Reference(list.Type).List(),
        _ => Named(((NamedTypeNode)node).Name),
    };

    private static string? Deprecation(DefinitionNode node) =>
        node.Directives.Any(directive => directive.Name.Value == "deprecated")
            ? StringArgument(node, "deprecated", "reason") ?? Directive.DefaultDeprecationReason
            : null;

    private static string? StringArgument(DefinitionNode node, string directive, string argument) =>
        (node.Directives.FirstOrDefault(each => each.Name.Value == directive)?.Arguments.FirstOrDefault(each => each.Name.Value == argument)?.Value as StringValueNode)?.Value;
}
