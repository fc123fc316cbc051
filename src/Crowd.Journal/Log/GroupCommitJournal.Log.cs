using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

public abstract partial class GroupCommitJournal
{
    [LoggerMessage(EventId = 3000, Level = LogLevel.Error, Message = "The journal cannot be written; {Requests} requests failed and wrote nothing")]
    private partial void LogUnavailable(int requests, Exception exception);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "The store was lost while committing; the outcome of {Requests} requests is unknown")]
    private partial void LogOutcomeUnknown(int requests, Exception exception);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "The store refused an append")]
    private partial void LogRefused(Exception exception);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Critical, Message = "The journal's writer failed with {Requests} requests in hand")]
    private partial void LogBroken(int requests, Exception exception);
}
