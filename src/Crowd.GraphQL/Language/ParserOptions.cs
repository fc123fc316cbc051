namespace Crowd.GraphQL.Language;

/// <summary>Limits of the parser. They hold before any other work is spent on a document.</summary>
public sealed record ParserOptions
{
    /// <summary>The limits a server starts with.</summary>
    public static readonly ParserOptions Default = new();

    /// <summary>Most tokens of a document. Default 15,000.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>Deepest nesting of selection sets, values and types. Default 128.</summary>
    public int MaxDepth { get; init; } = 128;
}
