namespace Crowd.GraphQL;

/// <summary>A refusal that the client may read. Throw it from a resolver or a scalar's parse function.</summary>
public sealed class GraphQLException(string message, string code, IReadOnlyDictionary<string, object?>? extensions = null) : Exception(message)
{
    /// <summary>The stable <c>extensions.code</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Further entries of <c>extensions</c>; a <c>code</c> in it is not used.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; } = extensions;
}
