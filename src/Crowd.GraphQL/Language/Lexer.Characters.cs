namespace Crowd.GraphQL.Language;

internal ref partial struct Lexer
{
    // Classes reads Punctuators, so the order of these two matters.
    private static readonly TokenKind[] Punctuators = BuildPunctuators();
    private static readonly CharacterClass[] Classes = BuildClasses();
    private static readonly bool[] IsNamePart = BuildNameParts();

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private enum CharacterClass : byte
    {
        Other,
        Ignored,
        NameStart,
        Punctuator,
        Number,
        Quote,
        Comment,
        Dot,
    }

    private static TokenKind[] BuildPunctuators()
    {
        var kinds = new TokenKind[256];
        kinds['!'] = TokenKind.Bang;
        kinds['$'] = TokenKind.Dollar;
        kinds['&'] = TokenKind.Ampersand;
        kinds['('] = TokenKind.ParenOpen;
        kinds[')'] = TokenKind.ParenClose;
        kinds[':'] = TokenKind.Colon;
        kinds['='] = TokenKind.Equal;
        kinds['@'] = TokenKind.At;
        kinds['['] = TokenKind.BracketOpen;
        kinds[']'] = TokenKind.BracketClose;
        kinds['{'] = TokenKind.BraceOpen;
        kinds['|'] = TokenKind.Pipe;
        kinds['}'] = TokenKind.BraceClose;
        return kinds;
    }

    private static CharacterClass[] BuildClasses()
    {
        var classes = new CharacterClass[256];
        for (var b = 0; b < classes.Length; b++)
        {
            classes[b] = b switch
            {
                '\t' or ' ' or ',' or '\n' or '\r' => CharacterClass.Ignored,
                '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => CharacterClass.NameStart,
                '-' or (>= '0' and <= '9') => CharacterClass.Number,
                '"' => CharacterClass.Quote,
                '#' => CharacterClass.Comment,
                '.' => CharacterClass.Dot,
                _ => Punctuators[b] == default ? CharacterClass.Other : CharacterClass.Punctuator,
            };
        }

        return classes;
    }

    private static bool[] BuildNameParts()
    {
        var parts = new bool[256];
        for (var b = 0; b < parts.Length; b++)
        {
            parts[b] = b is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
        }

        return parts;
    }
}
