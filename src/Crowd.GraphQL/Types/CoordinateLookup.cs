using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Types;

/// <summary>The semantics of schema coordinates (section 2.14): null if there is no such element, an exception if there is not even what should contain it.</summary>
internal static class CoordinateLookup
{
    public static SchemaElement? Find(Schema schema, SchemaCoordinate coordinate)
    {
        if (coordinate.IsDirective)
        {
            var directive = schema.FindDirective(coordinate.Name);
            return coordinate.Argument is null
                ? directive is null ? null : new(SchemaElementKind.Directive, null, directive.Description, null)
                : Of(SchemaElementKind.DirectiveArgument, (directive ?? throw Missing(coordinate, $"directive @{coordinate.Name}")).FindArgument(coordinate.Argument));
        }

        var type = schema.Find(coordinate.Name);
        if (coordinate.Member is null)
        {
            return type is null ? null : new(SchemaElementKind.NamedType, null, type.Description, null);
        }

        return type switch
        {
            EnumType values when coordinate.Argument is null =>
                values.Find(coordinate.Member) is { } value ? new(SchemaElementKind.EnumValue, null, value.Description, value.DeprecationReason) : null,
            InputObjectType input when coordinate.Argument is null => Of(SchemaElementKind.InputField, input.Find(coordinate.Member)),
            FieldsType fields => FieldOrArgument(fields, coordinate),
            _ => throw Missing(coordinate, $"type {coordinate.Name} with {(coordinate.Argument is null ? "members" : "fields")}"),
        };
    }

    private static SchemaElement? FieldOrArgument(FieldsType type, SchemaCoordinate coordinate)
    {
        var field = type.FindField(coordinate.Member!);
        return coordinate.Argument is null
            ? field is null ? null : new(SchemaElementKind.Field, field.Type.ToString(), field.Description, field.DeprecationReason)
            : Of(SchemaElementKind.FieldArgument, (field ?? throw Missing(coordinate, $"field {type.Name}.{coordinate.Member}")).FindArgument(coordinate.Argument));
    }

    private static SchemaElement? Of(SchemaElementKind kind, InputValue? value) =>
        value is null ? null : new(kind, value.Type.ToString(), value.Description, value.DeprecationReason);

    private static ArgumentException Missing(SchemaCoordinate coordinate, string what) =>
        new($"The schema has no {what}, which {coordinate} is looked for in.", nameof(coordinate));
}
