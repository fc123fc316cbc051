using System.Text;

namespace Crowd.GraphQL.Language;

/// <summary>Writes values and types back as text, in the canonical form that introspection and the schema printer show.</summary>
internal static partial class Printer
{
    public static string Print(ValueNode value)
    {
        var text = new StringBuilder();
        Value(text, value);
        return text.ToString();
    }

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

    private static void Value(StringBuilder text, ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                text.Append('$').Append(variable.Name);
                break;
            case IntValueNode number:
                text.Append(number.Text);
                break;
            case FloatValueNode number:
                text.Append(number.Text);
                break;
            case StringValueNode { IsBlock: true } block:
                BlockString(text, block.Value, "");
                break;
            case StringValueNode quoted:
                Quote(text, quoted.Value);
                break;
            case BooleanValueNode boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case EnumValueNode name:
                text.Append(name.Name);
                break;
            case ListValueNode list:
                Joined(text, "[", list.Values, Value, "]");
                break;
            case ObjectValueNode map when map.Fields.Length == 0:
                text.Append("{}");
                break;
            case ObjectValueNode map:
                Joined(text, "{ ", map.Fields, Field, " }");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Field(StringBuilder text, ObjectFieldNode field)
    {
        text.Append(field.Name.Value).Append(": ");
        Value(text, field.Value);
    }

    private static void Joined<T>(StringBuilder text, string open, IReadOnlyList<T> items, Action<StringBuilder, T> print, string close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", ");
            }

            print(text, items[i]);
        }

        text.Append(close);
    }
}
