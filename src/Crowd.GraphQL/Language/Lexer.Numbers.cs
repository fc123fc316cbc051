namespace Crowd.GraphQL.Language;

// Numbers: sections 2.10.1 and 2.10.2.
internal ref partial struct Lexer
{
    private void ReadNumber(int start)
    {
        var i = start;
        var kind = TokenKind.Int;
        if (At(i) == '-')
        {
            i++;
        }

        if (At(i) == '0')
        {
            i++;
            if (IsDigit(At(i)))
            {
                throw Error(i, $"A number does not go on after a leading zero: {Describe(i)}.");
            }
        }
        else
        {
            i = ReadDigits(i);
        }

        if (At(i) == '.')
        {
            kind = TokenKind.Float;
            i = ReadDigits(i + 1);
        }

        if (At(i) is 'e' or 'E')
        {
            kind = TokenKind.Float;
            i++;
            if (At(i) is '+' or '-')
            {
                i++;
            }

            i = ReadDigits(i);
        }

        // A name or a dot must not follow (the lookahead restrictions of IntValue and FloatValue).
        if (At(i) == '.' || (At(i) > 0 && Classes[At(i)] == CharacterClass.NameStart))
        {
            throw Error(i, $"Expected the number to end, found {Describe(i)}.");
        }

        Set(kind, start, i);
    }

    private readonly int ReadDigits(int i)
    {
        if (!IsDigit(At(i)))
        {
            throw Error(i, $"Expected a digit, found {Describe(i)}.");
        }

        while (IsDigit(At(i)))
        {
            i++;
        }

        return i;
    }

    private readonly int At(int i) => (uint)i < (uint)_source.Length ? _source[i] : -1;

    private static bool IsDigit(int b) => b is >= '0' and <= '9';
}
