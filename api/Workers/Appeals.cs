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

    public string JobTitle { get; set; } = "";

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

    [GraphQLIgnore]
    public long? ResolvedAt { get; set; }

    [GraphQLName("resolvedAt")]
    public DateTimeOffset? Resolved => ResolvedAt is { } at ? Instants.FromMicroseconds(at) : null;

    /// <summary>The task with all its answers.</summary>
    public Task<Tasks.TaskView?> GetTaskDetailAsync(Tasks.TaskLoader tasks) => tasks.LoadAsync(Task);
}

/// <summary>Queries about appeals.</summary>
public static class AppealQueries
{
    /// <summary>Appeals of the status, in the order of their tasks. For quality managers.</summary>
    /// <param name="job">Only of this job.</param>
    /// <param name="worker">Only of this worker.</param>
    public static async Task<Connection<AppealView>> GetAppealsAsync(
        JobId? job, WorkerId? worker, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken, AppealStatus status = AppealStatus.Open)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var where = "a.status = @status" + (job is null ? "" : " and a.job_id = @job") + (worker is null ? "" : " and a.worker_id = @worker");
        var (task, ordinal) = page.Cursor?.Split('|') switch
        {
            null => ("", 0),
            [var id, var number] when int.TryParse(number, out var of) => (id, of),
            _ => throw Refusals.Invalid("That is no cursor of this list."),
        };
        var filters = new { status = status.ToString().ToLowerInvariant(), job = job?.Value, worker = worker?.Value, task, ordinal, limit = page.Limit };
        var rows = await reads.ListAsync<AppealView>(
            $"""
            select a.job_id, a.task_id, a.ordinal, a.worker_id, a.status as status_text, a.message, a.reason, a.opened_at, a.resolved_at, j.title as job_title
            from appeals a left join jobs j on j.job_id = a.job_id
            where {where}{(page.Cursor is null ? "" : $" and (a.task_id {compare} @task or (a.task_id = @task and a.ordinal {compare} @ordinal))")}
            order by a.task_id {order}, a.ordinal {order} limit @limit
            """,
            filters, cancellationToken);
        return page.Of(rows, a => $"{a.TaskId}|{a.Ordinal}", async token => (int)await reads.FirstAsync<long>($"select count(*) from appeals a where {where}", filters, token));
    }
}
