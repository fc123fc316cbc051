using System.Text;

namespace Crowd.GraphQL.Language;

// Block strings of section 2.9.4, printed so that BlockStringValue gives the same text back.
internal static partial class Printer
{
    private const string Quotes = "\"\"\"";
    private const int ShortLine = 70;

    /// <summary>Appends a block string; lines after the first start with the indentation.</summary>
    public static void BlockString(StringBuilder text, string value, string indentation)
    {
        var escaped = value.Replace(Quotes, "\\\"\"\"", StringComparison.Ordinal);
        var lines = escaped.ReplaceLineEndings("\n").Split('\n');
        var isSingleLine = lines.Length == 1;

        // Lines that all start with white space would lose it, unless the first line holds the text.
        var forceLeadingLine = lines.Length > 1 && lines.Skip(1).All(line => line.Length == 0 || line[0] is ' ' or '\t');
        var endsInEscapedQuotes = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var endsInQuote = value.EndsWith('"') && !endsInEscapedQuotes;
        var endsInBackslash = value.EndsWith('\\');
        var forceTrailingLine = endsInQuote || endsInBackslash;
        var isMultiline = !isSingleLine || value.Length > ShortLine || forceTrailingLine || forceLeadingLine || endsInEscapedQuotes;
        text.Append(Quotes);
        var skipLeadingLine = isSingleLine && value.Length > 0 && value[0] is ' ' or '\t';
        if ((isMultiline && !skipLeadingLine) || forceLeadingLine)
        {
            text.Append('\n').Append(indentation);
        }

        text.Append(string.Join('\n' + indentation, lines));
        if (isMultiline || forceTrailingLine)
        {
            text.Append('\n').Append(indentation);
        }

        text.Append(Quotes);
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
