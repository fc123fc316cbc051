using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Hosting;

/// <summary>What clients see of failures that are not theirs: that nothing may be assumed, and that the same request can be sent again.</summary>
internal sealed class ErrorFilter : IErrorFilter
{
    public GraphQLException? Translate(Exception exception) => Known(exception);

    /// <summary>The same for the plain HTTP endpoints; null for what is not to be shown.</summary>
    public static GraphQLException? Known(Exception exception) => exception switch
    {
        GraphQLException refused => refused,
        JournalOutcomeUnknownException or InconsistentStateException => new(
            "Whether this was done is not known, because the database was lost or another writer came between. Send the same request again: it has one effect.", "OUTCOME_UNKNOWN"),
        JournalUnavailableException => new("The database cannot be reached; nothing was done. Send the same request again in a little while.", "UNAVAILABLE"),
        TimeoutException => new("The server did not finish in time; whether this was done is not known. Send the same request again: it has one effect.", "OUTCOME_UNKNOWN"),
        SiloUnavailableException => new("The server is stopping; nothing was done. Send the same request again.", "UNAVAILABLE"),
        _ => null,
    };
}
