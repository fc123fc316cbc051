namespace Crowd.GraphQL;

/// <summary>What a schema coordinate names.</summary>
public enum SchemaElementKind
{
    NamedType,
    Field,
    FieldArgument,
    InputField,
    EnumValue,
    Directive,
    DirectiveArgument,
}

/// <summary>One element of a schema.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The type of a field, argument or input field, as it is written in the schema; null for the others.</param>
/// <param name="Description">Its description in CommonMark, or null.</param>
/// <param name="DeprecationReason">Why it should not be used, or null if it may.</param>
public sealed record SchemaElement(SchemaElementKind Kind, string? Type, string? Description, string? DeprecationReason);
