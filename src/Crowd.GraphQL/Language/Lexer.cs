using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Crowd.GraphQL.Language;

/// <summary>
/// Splits UTF-8 text into tokens (section 2.1). Holds one token at a time and allocates nothing; the text of a token is
/// taken by the parser when it needs it.
/// </summary>
internal ref partial struct Lexer
{
    private readonly ReadOnlySpan<byte> _source;
    private int _position;

    public Lexer(ReadOnlySpan<byte> source)
    {
        _source = source;
        if (!Utf8.IsValid(source))
        {
            throw Error(ValidLength(source), "The document is not valid UTF-8.");
        }
    }

    /// <summary>The current token.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Offset of the token's first byte.</summary>
    public int Start { get; private set; }

    /// <summary>Offset after the token's last byte.</summary>
    public int End => _position;

    /// <summary>Whether the current string token contains an escape sequence.</summary>
    public bool HasEscapes { get; private set; }

    public readonly ReadOnlySpan<byte> Source => _source;

    public readonly ReadOnlySpan<byte> Text => _source[Start.._position];

    /// <summary>Reads the next token, skipping what section 2.1.6 ignores: byte order marks, white space, commas, comments.</summary>
    public void Advance()
    {
        var source = _source;
        var i = _position;
        while ((uint)i < (uint)source.Length)
        {
            var b = source[i];
            switch (Classes[b])
            {
                case CharacterClass.Ignored:
                    i++;
                    continue;
                case CharacterClass.NameStart:
                    ReadName(i);
                    return;
                case CharacterClass.Punctuator:
                    Set(Punctuators[b], i, i + 1);
                    return;
                case CharacterClass.Number:
                    ReadNumber(i);
                    return;
                case CharacterClass.Quote:
                    ReadString(i);
                    return;
                case CharacterClass.Comment:
                    i = SkipComment(i);
                    continue;
                case CharacterClass.Dot:
                    ReadSpread(i);
                    return;
                default:
                    if (b == 0xEF && source[i..].StartsWith(ByteOrderMark))
                    {
                        i += 3;
                        continue;
                    }

                    throw Error(i, $"Unexpected character {Describe(i)}.");
            }
        }

        Set(TokenKind.EndOfFile, source.Length, source.Length);
    }

    public readonly SyntaxException Error(int offset, string message, string code = ErrorCodes.ParseFailed) =>
        new(message, SourceLocation.Of(_source, offset), code);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(TokenKind kind, int start, int end)
    {
        Kind = kind;
        Start = start;
        _position = end;
    }

    private void ReadName(int start)
    {
        var source = _source;
        var i = start + 1;
        while ((uint)i < (uint)source.Length && IsNamePart[source[i]])
        {
            i++;
        }

        Set(TokenKind.Name, start, i);
    }

    private readonly int SkipComment(int start)
    {
        var length = _source[start..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? _source.Length : start + length;
    }

    private void ReadSpread(int start)
    {
        if (!_source[start..].StartsWith("..."u8))
        {
            throw Error(start, "Unexpected \".\"; a spread has three.");
        }

        Set(TokenKind.Spread, start, start + 3);
    }

    private readonly string Describe(int offset)
    {
        if (offset >= _source.Length)
        {
            return "end of document";
        }

        System.Text.Rune.DecodeFromUtf8(_source[offset..], out var rune, out _);
        return rune.Value is > 0x20 and < 0x7F ? $"'{rune}'" : $"U+{rune.Value:X4}";
    }

    private static int ValidLength(ReadOnlySpan<byte> source)
    {
        var i = 0;
        while (i < source.Length && System.Text.Rune.DecodeFromUtf8(source[i..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            i += consumed;
        }

        return i;
    }
}
