namespace Crowd.GraphQL.Language;

/// <summary>The document does not follow the grammar, or is larger than the parser's limits. The only exception of lexer and parser.</summary>
public sealed class SyntaxException : Exception
{
    internal SyntaxException(string message, SourceLocation location, string code = ErrorCodes.ParseFailed)
        : base(message)
    {
        Location = location;
        Code = code;
    }

    /// <summary>Where the offending token starts.</summary>
    public SourceLocation Location { get; }

    /// <summary>The code for <c>extensions.code</c>.</summary>
    public string Code { get; }
}
