using System.Text;

namespace Crowd.GraphQL.Language;

/// <summary>The values that string tokens stand for: escapes of section 2.10.4 and <c>BlockStringValue</c>.</summary>
internal static class StringValues
{
    /// <summary>The value of a checked string token; <paramref name="token"/> includes the quotes.</summary>
    public static string Of(ReadOnlySpan<byte> token, bool hasEscapes)
    {
        var body = token[1..^1];
        if (!hasEscapes)
        {
            return Encoding.UTF8.GetString(body);
        }

        var value = new StringBuilder(body.Length);
        while (!body.IsEmpty)
        {
            var plain = body.IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = body.Length;
            }

            value.Append(Encoding.UTF8.GetString(body[..plain]));
            body = body[plain..];
            if (!body.IsEmpty)
            {
                body = body[AppendEscape(value, body)..];
            }
        }

        return value.ToString();
    }

    /// <summary>The value of a block string token; <paramref name="token"/> includes the quotes.</summary>
    public static string OfBlock(ReadOnlySpan<byte> token)
    {
        var body = token[3..^3];
        if (body.IndexOfAny("\n\r\\"u8) < 0)
        {
            return body.IndexOfAnyExcept(" \t"u8) < 0 ? "" : Encoding.UTF8.GetString(body);
        }

        var raw = Encoding.UTF8.GetString(body).Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal);
        var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var indent = CommonIndent(lines);
        var first = Array.FindIndex(lines, line => Indent(line) < line.Length);
        if (first < 0)
        {
            return "";
        }

        var last = Array.FindLastIndex(lines, line => Indent(line) < line.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            lines[i] = lines[i].Length <= indent ? "" : lines[i][indent..];
        }

        return string.Join('\n', lines[first..(last + 1)]);
    }

    public static int HexDigit(int b) => b switch
    {
        >= '0' and <= '9' => b - '0',
        >= 'a' and <= 'f' => b - 'a' + 10,
        >= 'A' and <= 'F' => b - 'A' + 10,
        _ => -1,
    };

    private static int CommonIndent(string[] lines)
    {
        var common = int.MaxValue;
        foreach (var line in lines.AsSpan(1))
        {
            var indent = Indent(line);
            if (indent < line.Length)
            {
                common = Math.Min(common, indent);
            }
        }

        return common == int.MaxValue ? 0 : common;
    }

    private static int Indent(string line)
    {
        var i = 0;
        while (i < line.Length && line[i] is ' ' or '\t')
        {
            i++;
        }

        return i;
    }

    private static int AppendEscape(StringBuilder value, ReadOnlySpan<byte> body)
    {
        if (body[1] != 'u')
        {
            value.Append(body[1] switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                var same => (char)same,
            });
            return 2;
        }

        if (body[2] == '{')
        {
            var end = body.IndexOf((byte)'}');
            value.Append(new Rune(Hex(body[3..end])).ToString());
            return end + 1;
        }

        value.Append((char)Hex(body.Slice(2, 4)));
        return 6;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value << 4) | HexDigit(digit);
        }

        return value;
    }
}
