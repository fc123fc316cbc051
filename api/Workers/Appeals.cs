using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Workers;

/// <summary>An appeal against a rejection.</summary>
[GraphQLName("Appeal")]
public sealed class AppealView
{
    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public int Ordinal { get; set; }

    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public long OpenedAt { get; set; }

    public AssignmentId Assignment => AssignmentId.Of(Domain.TaskId.From(TaskId), Ordinal);

    public JobId Job => Domain.JobId.From(JobId);

    public TaskId Task => Domain.TaskId.From(TaskId);

    public WorkerId Worker => Domain.WorkerId.From(WorkerId);

    public AppealStatus Status => Enum.Parse<AppealStatus>(StatusText, ignoreCase: true);

    /// <summary>What the worker wrote.</summary>
    public string Message { get; set; } = "";

    /// <summary>What the quality manager answered.</summary>
    public string? Reason { get; set; }

    [GraphQLName("openedAt")]
    public DateTimeOffset Opened => Instants.FromMicroseconds(OpenedAt);
}

/// <summary>Queries about appeals.</summary>
public static class AppealQueries
{
    /// <summary>Appeals of the status, in the order of their tasks. For quality managers.</summary>
    public static async Task<Connection<AppealView>> GetAppealsAsync(
        int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken, AppealStatus status = AppealStatus.Open)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var rows = await reads.ListAsync<AppealView>(
            $"""
            select job_id, task_id, ordinal, worker_id, status as status_text, message, reason, opened_at from appeals
            where status = @status{(page.Cursor is null ? "" : $" and task_id {compare} @cursor")} order by task_id {order}, ordinal {order} limit @limit
            """,
            new { status = status.ToString().ToLowerInvariant(), cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, a => a.TaskId);
    }
}
