using Crowd.GraphQL.Language;

namespace Crowd.GraphQL;

/// <summary>One entry of a response's <c>errors</c> (section 7.1.6).</summary>
public sealed record GraphQLError
{
    /// <summary>For people. Never a stack or the text of an unexpected exception.</summary>
    public required string Message { get; init; }

    /// <summary>For programs: <c>extensions.code</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where in the document; empty if the error is of no one place.</summary>
    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>Response names and list indices (strings and ints) from the root to the field; null for a request error.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>More for programs. Values are what System.Text.Json writes of itself: strings, numbers, booleans, lists of them.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>The validation rule that was broken, by its name in the specification's section 5; null for other errors.</summary>
    internal string? Rule { get; init; }
}
