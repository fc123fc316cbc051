namespace Crowd.GraphQL.Language;

/// <summary>
/// The name of one element of a schema (section 2.14): <c>Type</c>, <c>Type.member</c>, <c>Type.field(argument:)</c>,
/// <c>@directive</c> or <c>@directive(argument:)</c>. Nothing in it is ignored, not even white space.
/// </summary>
internal sealed record SchemaCoordinate(bool IsDirective, string Name, string? Member, string? Argument)
{
    /// <summary>Reads a coordinate.</summary>
    /// <exception cref="SyntaxException">The text is no coordinate.</exception>
    public static SchemaCoordinate Parse(string text)
    {
        var at = 0;
        var isDirective = Skip(text, '@', ref at);
        var name = ReadName(text, ref at);
        var member = !isDirective && Skip(text, '.', ref at) ? ReadName(text, ref at) : null;
        string? argument = null;
        if ((isDirective || member is not null) && Skip(text, '(', ref at))
        {
            argument = ReadName(text, ref at);
            Expect(text, ':', ref at);
            Expect(text, ')', ref at);
        }

        return at == text.Length ? new SchemaCoordinate(isDirective, name, member, argument) : throw Unexpected(text, at);
    }

    public override string ToString() =>
        $"{(IsDirective ? "@" : "")}{Name}{(Member is null ? "" : $".{Member}")}{(Argument is null ? "" : $"({Argument}:)")}";

    private static string ReadName(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (text[at] == '_' || char.IsAsciiLetter(text[at]) || (at > start && char.IsAsciiDigit(text[at]))))
        {
            at++;
        }

        return at > start ? text[start..at] : throw Unexpected(text, at);
    }

    private static bool Skip(string text, char punctuator, ref int at)
    {
        if (at >= text.Length || text[at] != punctuator)
        {
            return false;
        }

        at++;
        return true;
    }

    private static void Expect(string text, char punctuator, ref int at)
    {
        if (!Skip(text, punctuator, ref at))
        {
            throw Unexpected(text, at);
        }
    }

    private static SyntaxException Unexpected(string text, int at) =>
        new(at < text.Length ? $"Unexpected '{text[at]}' in a schema coordinate." : "Unexpected end of the schema coordinate.", new SourceLocation(1, at + 1));
}
