using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Crowd.GraphQL;

/// <summary>Decides what a client sees of an exception.</summary>
internal sealed partial class ErrorReporter(ILogger<ErrorReporter> logger, IReadOnlyList<IErrorFilter> filters)
{
    public GraphQLError Describe(Exception exception)
    {
        if (exception is GraphQLException refusal)
        {
            return Refusal(refusal);
        }

        foreach (var filter in filters)
        {
            if (filter.Translate(exception) is { } translated)
            {
                return Refusal(translated);
            }
        }

        var id = Activity.Current?.SpanId.ToHexString() is { } span ? $"{span}-{NextId():x}" : $"{NextId():x}";
        LogUnexpected(id, exception);
        return new GraphQLError
        {
            Message = "Internal error.",
            Code = ErrorCodes.Internal,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = id },
        };
    }

    private static GraphQLError Refusal(GraphQLException refusal) =>
        new() { Message = refusal.Message, Code = refusal.Code, Extensions = refusal.Extensions };

    private static long NextId() => BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray().AsSpan(8));

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Resolver failed; the client was given error id {ErrorId}")]
    private partial void LogUnexpected(string errorId, Exception exception);
}
