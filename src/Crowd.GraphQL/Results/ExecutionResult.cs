using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crowd.GraphQL.Results;

namespace Crowd.GraphQL;

/// <summary>A response (section 7.1): data and errors, or a stream of responses for a subscription.</summary>
public sealed class ExecutionResult
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal ExecutionResult(ObjectResult? root, IReadOnlyList<GraphQLError> errors, bool hasData)
    {
        Root = root;
        Errors = errors;
        HasData = hasData;
    }

    internal ExecutionResult(IAsyncEnumerable<ExecutionResult> stream)
        : this(null, [], hasData: false) => Stream = stream;

    /// <summary>What went wrong, in no particular order; empty if nothing did.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    /// <summary>Whether execution began; if not, the errors are request errors (section 7.1.3) and there is no data entry.</summary>
    public bool HasData { get; }

    /// <summary>The events of a subscription, each a response; null for queries and mutations. Enumerate once.</summary>
    public IAsyncEnumerable<ExecutionResult>? Stream { get; }

    internal ObjectResult? Root { get; }

    /// <summary>Writes the response as JSON in UTF-8.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = JsonWriters.Rent(output, WriterOptions);
        ResultWriter.Write(writer, this);
        JsonWriters.Return(writer);
    }

    /// <summary>The response as JSON text.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static ExecutionResult RequestError(params IReadOnlyList<GraphQLError> errors) => new(null, errors, hasData: false);

    internal static ExecutionResult RequestError(string message, string code) => RequestError(new GraphQLError { Message = message, Code = code });
}
