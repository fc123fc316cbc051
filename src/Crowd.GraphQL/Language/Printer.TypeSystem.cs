namespace Crowd.GraphQL.Language;

// Section 3.
internal static partial class Printer
{
    private static string TypeSystem(TypeSystemNode node)
    {
        var body = node switch
        {
            SchemaNode schema => Spaced("schema", Directives(node.Directives), Block(Array.ConvertAll(schema.OperationTypes, OperationType))),
            DirectiveDefinitionNode directive => DirectiveDefinition(directive),
            ScalarTypeNode scalar => Spaced("scalar", scalar.Name.Value, Directives(node.Directives)),
            FieldsTypeNode fields => FieldsType(fields),
            UnionTypeNode union => Spaced("union", union.Name.Value, Directives(node.Directives), Joined("= ", union.Types, " | ")),
            EnumTypeNode named => Spaced("enum", named.Name.Value, Directives(node.Directives), Block(Array.ConvertAll(named.Values, EnumValue))),
            InputObjectTypeNode input => Spaced("input", input.Name.Value, Directives(node.Directives), Block(Array.ConvertAll(input.Fields, InputValue))),
            _ => throw new InvalidOperationException($"No way to print {node.GetType().Name}."),
        };
        return node.IsExtension ? "extend " + body : Described(node.Description, body);
    }

    private static string OperationType(OperationTypeNode node) => $"{node.Operation.ToString().ToLowerInvariant()}: {node.Type.Name}";

    private static string DirectiveDefinition(DirectiveDefinitionNode node) => Spaced(
        "directive",
        $"@{node.Name.Value}{ArgumentDefinitions(node.Arguments)}",
        node.IsRepeatable ? "repeatable" : "",
        "on",
        string.Join(" | ", node.Locations.Select(location => location.Value)));

    private static string FieldsType(FieldsTypeNode node) => Spaced(
        node.IsInterface ? "interface" : "type",
        node.Name.Value,
        Joined("implements ", node.Interfaces, " & "),
        Directives(node.Directives),
        Block(Array.ConvertAll(node.Fields, FieldDefinition)));

    private static string FieldDefinition(FieldDefinitionNode node) => Described(
        node.Description,
        Spaced($"{node.Name.Value}{ArgumentDefinitions(node.Arguments)}: {Print(node.Type)}", Directives(node.Directives)));

    private static string ArgumentDefinitions(InputValueDefinitionNode[] nodes)
    {
        var items = Array.ConvertAll(nodes, InputValue);
        return items.Length == 0 ? "" : items.Any(item => item.Contains('\n')) ? $"(\n{Indented(items)}\n)" : $"({string.Join(", ", items)})";
    }

    private static string InputValue(InputValueDefinitionNode node)
    {
        var value = node.DefaultValue is { } literal ? $" = {Print(literal)}" : "";
        return Described(node.Description, Spaced($"{node.Name.Value}: {Print(node.Type)}{value}", Directives(node.Directives)));
    }

    private static string EnumValue(EnumValueDefinitionNode node) => Described(node.Description, Spaced(node.Name.Value, Directives(node.Directives)));

    private static string Joined(string before, NamedTypeNode[] types, string between) =>
        types.Length == 0 ? "" : before + string.Join(between, types.Select(type => type.Name));
}
