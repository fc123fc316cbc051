using System.Text;

namespace Crowd.GraphQL.Language;

/// <summary>
/// Writes any part of a document back as text, in the layout of the reference implementation, which introspection and the schema printer show too. What would make
/// a line longer than eighty characters is broken at every item.
/// </summary>
internal static partial class Printer
{
    private const int LineLength = 80;

    /// <summary>A whole document (section 2.3), without a line break at its end.</summary>
    public static string Print(DocumentNode document) => string.Join("\n\n", document.Definitions.Select(Definition));

    public static string Print(ValueNode value) => value switch
    {
        VariableNode variable => "$" + variable.Name,
        IntValueNode number => number.Text,
        FloatValueNode number => number.Text,
        StringValueNode text => Text(text),
        BooleanValueNode boolean => boolean.Value ? "true" : "false",
        EnumValueNode name => name.Name,
        ListValueNode list => List("[", Array.ConvertAll(list.Values, Print), "]"),
        ObjectValueNode map => List("{ ", Array.ConvertAll(map.Fields, field => $"{field.Name.Value}: {Print(field.Value)}"), " }"),
        _ => "null",
    };

    public static string Print(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => $"{Print(nonNull.Type)}!",
        ListTypeNode list => $"[{Print(list.Type)}]",
        _ => ((NamedTypeNode)type).Name,
    };

    /// <summary>A string literal on one line, with the escapes of section 2.10.4.</summary>
    public static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or (>= '\u007F' and < '\u00A0') => text.Append("\\u").Append(((int)character).ToString("X4")),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    private static string Text(StringValueNode node)
    {
        var text = new StringBuilder();
        if (node.IsBlock)
        {
            BlockString(text, node.Value, "");
        }
        else
        {
            Quote(text, node.Value);
        }

        return text.ToString();
    }

    private static string Definition(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => Operation(operation),
        FragmentDefinitionNode fragment => Fragment(fragment),
        _ => TypeSystem((TypeSystemNode)definition),
    };

    private static string Described(StringValueNode? description, string text) => description is null ? text : $"{Text(description)}\n{text}";

    /// <summary>Items between brackets, on one line if it is short enough.</summary>
    private static string List(string open, string[] items, string close)
    {
        var line = $"{open}{string.Join(", ", items)}{close}";
        return line.Length > LineLength ? $"{open.TrimEnd()}\n{Indented(items)}\n{close.TrimStart()}" : line;
    }

    /// <summary>One item a line within braces; nothing without items.</summary>
    private static string Block(string[] items) => items.Length == 0 ? "" : $"{{\n{Indented(items)}\n}}";

    private static string Indented(string[] items) => "  " + string.Join('\n', items).Replace("\n", "\n  ", StringComparison.Ordinal);

    private static string Spaced(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                text.Append(text.Length > 0 ? " " : "").Append(part);
            }
        }

        return text.ToString();
    }
}
