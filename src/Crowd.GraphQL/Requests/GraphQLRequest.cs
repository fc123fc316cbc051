using System.Text;
using System.Text.Json;

namespace Crowd.GraphQL;

/// <summary>One request (section 6.1).</summary>
public sealed record GraphQLRequest
{
    /// <summary>A request with a document as text.</summary>
    public GraphQLRequest(string document) => Document = Encoding.UTF8.GetBytes(document);

    /// <summary>A request with a document in UTF-8; empty if <see cref="DocumentId"/> names one.</summary>
    public GraphQLRequest(ReadOnlyMemory<byte> document) => Document = document;

    /// <summary>The document in UTF-8.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>The hash of a trusted document, in place of the document.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Which operation to execute; null if the document has only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>A JSON object with the variables, or null.</summary>
    public JsonElement? Variables { get; init; }

    /// <summary>A JSON object with what protocol extensions add, or null.</summary>
    public JsonElement? Extensions { get; init; }

    /// <summary>The services of the request; those of the server if null.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Objects that resolvers find by type, such as the HTTP context.</summary>
    public IReadOnlyList<object> State { get; init; } = [];

    /// <summary>Whether a mutation is refused, as it must be for HTTP GET.</summary>
    public bool IsReadOnly { get; init; }
}
