namespace Crowd.GraphQL.Language;

/// <summary>
/// A place in a document, as errors report it (section 7.1.6): both numbers start at 1. A column counts UTF-16 code
/// units, as the reference implementation and most editors do.
/// </summary>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>Finds the line and column of a byte offset. Offsets beyond the end give the place after the last character.</summary>
    public static SourceLocation Of(ReadOnlySpan<byte> source, int offset)
    {
        var line = 1;
        var lineStart = 0;
        offset = Math.Min(offset, source.Length);
        for (var i = 0; i < offset; i++)
        {
            var b = source[i];
            if (b == '\n' || (b == '\r' && !(i + 1 < source.Length && source[i + 1] == '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        var column = 1;
        for (var i = lineStart; i < offset; i++)
        {
            column += Utf16Units(source[i]);
        }

        return new SourceLocation(line, column);
    }

    // A continuation byte adds nothing, the first byte of four stands for a surrogate pair. A byte order mark is one unit.
    private static int Utf16Units(byte b) => (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
}
