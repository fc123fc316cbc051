namespace Crowd.GraphQL.Language;

// Sections 2.4 to 2.9 and 2.11 to 2.13.
internal static partial class Printer
{
    private static string Operation(OperationDefinitionNode node)
    {
        var variables = Array.ConvertAll(node.Variables, Variable);
        var list = variables.Length == 0 ? "" : variables.Any(each => each.Contains('\n')) ? $"(\n{string.Join('\n', variables)}\n)" : $"({string.Join(", ", variables)})";
        var head = Spaced(node.Operation.ToString().ToLowerInvariant(), node.Name?.Value + list, Directives(node.Directives));
        var selections = Selections(node.SelectionSet);
        return head == "query" && node.Description is null ? selections : Described(node.Description, $"{head} {selections}");
    }

    private static string Variable(VariableDefinitionNode node)
    {
        var value = node.DefaultValue is { } literal ? $" = {Print(literal)}" : "";
        return Described(node.Description, Spaced($"{Print(node.Variable)}: {Print(node.Type)}{value}", Directives(node.Directives)));
    }

    private static string Fragment(FragmentDefinitionNode node) => Described(
        node.Description,
        Spaced("fragment", node.Name.Value, "on", node.TypeCondition.Name, Directives(node.Directives), Selections(node.SelectionSet)));

    private static string Selections(SelectionSetNode? node) => node is null ? "" : Block(Array.ConvertAll(node.Selections, Selection));

    private static string Selection(SelectionNode node) => node switch
    {
        FieldNode field => Field(field),
        FragmentSpreadNode spread => Spaced("..." + spread.Name.Value, Directives(spread.Directives)),
        InlineFragmentNode { TypeCondition: { } type } inline => Spaced("...", "on", type.Name, Directives(inline.Directives), Selections(inline.SelectionSet)),
        _ => Spaced("...", Directives(node.Directives), Selections(((InlineFragmentNode)node).SelectionSet)),
    };

    private static string Field(FieldNode node)
    {
        var name = (node.Alias is { } alias ? $"{alias.Value}: " : "") + node.Name.Value;
        var head = node.Arguments.Length == 0 ? name : List(name + "(", Arguments(node.Arguments), ")");
        return Spaced(head, Directives(node.Directives), Selections(node.SelectionSet));
    }

    private static string[] Arguments(ArgumentNode[] nodes) => Array.ConvertAll(nodes, node => $"{node.Name.Value}: {Print(node.Value)}");

    private static string Directives(DirectiveNode[] nodes) => string.Join(' ', nodes.Select(node =>
        node.Arguments.Length == 0 ? $"@{node.Name.Value}" : $"@{node.Name.Value}({string.Join(", ", Arguments(node.Arguments))})"));
}
