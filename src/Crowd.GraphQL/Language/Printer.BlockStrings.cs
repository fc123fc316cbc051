using System.Text;

namespace Crowd.GraphQL.Language;

// Block strings of section 2.10.4, printed so that BlockStringValue gives the same text back.
internal static partial class Printer
{
    private const string Quotes = "\"\"\"";
    private const int LongestLine = 70;

    /// <summary>Appends a block string; lines after the first start with the indentation.</summary>
    public static void BlockString(StringBuilder text, string value, string indentation)
    {
        var body = value.Replace(Quotes, "\\\"\"\"", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n');
        var lines = body.Split('\n');
        var lineBreak = '\n' + indentation;

        // What is long, and what the closing quotes would run into, gets lines of its own.
        var isTall = lines.Length > 1 || value.Length > LongestLine || body.EndsWith('"') || body.EndsWith('\\');

        // A single line that starts with white space must follow the quotes, or the space would count as indentation.
        var isAttached = lines.Length == 1 && value is [' ' or '\t', ..];
        text.Append(Quotes).Append(isTall && !isAttached ? lineBreak : "");
        text.AppendJoin(lineBreak, lines);
        text.Append(isTall ? lineBreak : "").Append(Quotes);
    }

    /// <summary>Whether a text survives as a block string: no control characters, no lost white space at its edges.</summary>
    public static bool FitsBlockString(string value)
    {
        if (value.Length == 0)
        {
            return true;
        }

        if (value.Any(character => (character < ' ' && character is not ('\t' or '\n')) || character == '\r'))
        {
            return false;
        }

        var lines = value.Split('\n');
        if (IsBlank(lines[0]) || IsBlank(lines[^1]))
        {
            return false;
        }

        // If every line is indented, the common part would be dropped.
        return lines.Length == 1 || lines.Any(line => !IsBlank(line) && line[0] is not (' ' or '\t'));
    }

    private static bool IsBlank(string line) => line.All(character => character is ' ' or '\t');
}
