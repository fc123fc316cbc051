using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Tasks;

/// <summary>Why a task waits for a quality manager.</summary>
public enum ReviewCause
{
    /// <summary>The crowd could not settle it; it has no label.</summary>
    Escalated,

    /// <summary>It has a label, with less confidence than the job wants.</summary>
    LowConfidence,

    /// <summary>Its job closed while its answers disagreed.</summary>
    JobClosed,
}

/// <summary>A task that waits for a quality manager.</summary>
public sealed class Review
{
    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public string CauseText { get; set; } = "";

    [GraphQLIgnore]
    public long RaisedAt { get; set; }

    [GraphQLIgnore]
    public string KindText { get; set; } = "";

    [GraphQLName("taskId")]
    public TaskId Id => Domain.TaskId.From(TaskId);

    public ReviewCause Cause => Enum.Parse<ReviewCause>(CauseText, ignoreCase: true);

    public LabelKind Kind => Enum.Parse<LabelKind>(KindText, ignoreCase: true);

    public string JobTitle { get; set; } = "";

    /// <summary>Posterior of the likeliest label, or agreement where labels have no finite set.</summary>
    public double Confidence { get; set; }

    /// <summary>Since when it waits.</summary>
    [GraphQLName("raisedAt")]
    public DateTimeOffset Raised => Instants.FromMicroseconds(RaisedAt);

    internal string Cursor => $"{RaisedAt}|{TaskId}";

    /// <summary>The task; null when its data was erased.</summary>
    public Task<TaskView?> GetTaskAsync(TaskLoader tasks) => tasks.LoadAsync(Id);
}

/// <summary>The queue of disagreements and escalations.</summary>
public static class ReviewQueries
{
    /// <summary>
    /// What waits for a quality manager, over all jobs, the longest waiting first: escalated tasks, and labels decided with low confidence. A task leaves the queue when
    /// somebody adjudicates it or makes it gold. For quality managers.
    /// </summary>
    /// <param name="job">Only of this job.</param>
    /// <param name="cause">Only for this cause.</param>
    /// <param name="kind">Only with this kind of label.</param>
    /// <param name="raisedBefore">Only what has waited since before then.</param>
    /// <param name="confidenceBelow">Only with less confidence.</param>
    public static async Task<Connection<Review>> GetReviewQueueAsync(
        JobId? job, ReviewCause? cause, LabelKind? kind, DateTimeOffset? raisedBefore, double? confidenceBelow, int? first, string? after, int? last, string? before,
        Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var where = "1 = 1"
            + (job is null ? "" : " and r.job_id = @job")
            + (cause is null ? "" : " and r.cause = @cause")
            + (kind is null ? "" : " and j.label_kind = @kind")
            + (raisedBefore is null ? "" : " and r.raised_at < @raisedBefore")
            + (confidenceBelow is null ? "" : " and r.confidence < @confidenceBelow");
        var (at, id) = CursorOf(page.Cursor);
        var parameters = new
        {
            job = job?.Value,
            cause = Camel(cause),
            kind = Camel(kind),
            raisedBefore = raisedBefore?.ToMicroseconds(),
            confidenceBelow,
            at,
            id,
            limit = page.Limit,
        };
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var rows = await reads.ListAsync<Review>(
            $"""
            select r.task_id, r.cause as cause_text, r.confidence, r.raised_at, j.title as job_title, j.label_kind as kind_text
            from disagreements r join jobs j on j.job_id = r.job_id
            where {where}{(page.Cursor is null ? "" : $" and (r.raised_at {compare} @at or (r.raised_at = @at and r.task_id {compare} @id))")}
            order by r.raised_at {order}, r.task_id {order} limit @limit
            """,
            parameters, cancellationToken);
        return page.Of(rows, r => r.Cursor, async token => (int)await reads.FirstAsync<long>($"select count(*) from disagreements r join jobs j on j.job_id = r.job_id where {where}", parameters, token));
    }

    private static (long At, string Id) CursorOf(string? cursor) => cursor?.Split('|') switch
    {
        null => (0, ""),
        [var at, var id] when long.TryParse(at, out var micros) => (micros, id),
        _ => throw Refusals.Invalid("That is no cursor of this list."),
    };

    private static string? Camel<T>(T? value)
        where T : struct, Enum => value is { } given ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(given.ToString()) : null;
}

/// <summary>Tasks by id, for all of a request at once.</summary>
public sealed class TaskLoader(Reads reads) : BatchLoader<TaskId, TaskView>
{
    protected override async Task<IReadOnlyDictionary<TaskId, TaskView>> LoadBatchAsync(IReadOnlyList<TaskId> keys, CancellationToken cancellationToken) =>
        (await reads.ListByIdsAsync<TaskView>($"select {TaskView.Columns} from tasks where task_id in {{ids}}", [.. keys.Select(k => k.Value)], cancellationToken)).ToDictionary(t => t.Id);
}
