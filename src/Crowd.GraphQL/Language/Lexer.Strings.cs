namespace Crowd.GraphQL.Language;

// Strings: section 2.10.4. Reading checks every escape, so that taking the value later cannot fail.
internal ref partial struct Lexer
{
    private void ReadString(int start)
    {
        HasEscapes = false;
        if (_source[start..].StartsWith("\"\"\""u8))
        {
            ReadBlockString(start);
            return;
        }

        var i = start + 1;
        while (true)
        {
            var rest = _source[Math.Min(i, _source.Length)..];
            var length = rest.IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            var lineBreak = rest[..(length < 0 ? rest.Length : length)].IndexOf((byte)'\r');
            if (lineBreak >= 0 || length < 0 || rest[length] == '\n')
            {
                throw Error(i + (lineBreak >= 0 ? lineBreak : length < 0 ? rest.Length : length), "The string is not terminated.");
            }

            i += length;
            if (_source[i] == '"')
            {
                Set(TokenKind.String, start, i + 1);
                return;
            }

            HasEscapes = true;
            i = CheckEscape(i);
        }
    }

    private void ReadBlockString(int start)
    {
        var i = start + 3;
        while (true)
        {
            var length = _source[i..].IndexOf("\"\"\""u8);
            if (length < 0)
            {
                throw Error(_source.Length, "The block string is not terminated.");
            }

            i += length + 3;
            if (_source[i - 4] != '\\' || i - 4 < start + 3)
            {
                Set(TokenKind.BlockString, start, i);
                return;
            }

            HasEscapes = true;
        }
    }

    private readonly int CheckEscape(int i)
    {
        switch (At(i + 1))
        {
            case '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't':
                return i + 2;
            case 'u' when At(i + 2) == '{':
                return CheckVariableWidth(i);
            case 'u':
                return CheckFixedWidth(i);
            default:
                throw Error(i, "Unknown escape sequence.");
        }
    }

    private readonly int CheckVariableWidth(int start)
    {
        var point = 0;
        for (var i = start + 3; i < start + 12; i++)
        {
            if (At(i) == '}' && i > start + 3 && point is < 0xD800 or (> 0xDFFF and <= 0x10FFFF))
            {
                return i + 1;
            }

            var digit = StringValues.HexDigit(At(i));
            if (digit < 0)
            {
                break;
            }

            point = (point << 4) | digit;
            if (point > 0x10FFFF)
            {
                break;
            }
        }

        throw Error(start, "The escape sequence names no Unicode scalar value.");
    }

    private readonly int CheckFixedWidth(int start)
    {
        var unit = Hex4(start + 2);
        if (unit is >= 0 and < 0xD800 or > 0xDFFF)
        {
            return start + 6;
        }

        if (unit is >= 0xD800 and <= 0xDBFF && At(start + 6) == '\\' && At(start + 7) == 'u' && Hex4(start + 8) is >= 0xDC00 and <= 0xDFFF)
        {
            return start + 12;
        }

        throw Error(start, "The escape sequence names no Unicode scalar value.");
    }

    private readonly int Hex4(int start)
    {
        var value = 0;
        for (var i = start; i < start + 4; i++)
        {
            var digit = StringValues.HexDigit(At(i));
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }
}
