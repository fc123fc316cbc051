using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Tasks;
using Crowd.Consensus.Reliability;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Workers;

/// <summary>A worker as quality managers see them; no name, no address.</summary>
[GraphQLName("Worker")]
public sealed class WorkerView
{
    internal const string Columns = "worker_id, registered_at, suspended_until, suspension_reason, reliability_override";

    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public long RegisteredAt { get; set; }

    [GraphQLIgnore]
    public long? SuspendedUntil { get; set; }

    /// <summary>By what the list is ordered.</summary>
    [GraphQLIgnore]
    public long Rank { get; set; }

    public WorkerId Id => Domain.WorkerId.From(WorkerId);

    [GraphQLName("registeredAt")]
    public DateTimeOffset Registered => Instants.FromMicroseconds(RegisteredAt);

    /// <summary>No new work until then; may lie in the past.</summary>
    [GraphQLName("suspendedUntil")]
    public DateTimeOffset? Suspension => SuspendedUntil is { } at ? Instants.FromMicroseconds(at) : null;

    public string? SuspensionReason { get; set; }

    /// <summary>A quality manager's reliability for all jobs, in place of the measured ones.</summary>
    public double? ReliabilityOverride { get; set; }
}

/// <summary>How far a worker's answers on a job can be trusted, and what they came to.</summary>
[GraphQLName("Reliability")]
public sealed class ReliabilityView
{
    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public double? Override { get; set; }

    [GraphQLIgnore]
    public double? Overall { get; set; }

    public JobId Job => Domain.JobId.From(JobId);

    /// <summary>Probability of a right answer as it counts in decisions: the override if there is one, else the measured value.</summary>
    public double Value => new Trust(Agreed + GoldRight, Judged + GoldJudged, Override ?? Overall).Skill;

    /// <summary>Probability of a right answer as measured.</summary>
    public double Measured => new Trust(Agreed + GoldRight, Judged + GoldJudged, null).Skill;

    /// <summary>Bounds of a 95 % interval of the measured value.</summary>
    public double Low => Beta(Agreed + GoldRight, Judged + GoldJudged).Interval.Low;

    /// <inheritdoc cref="Low"/>
    public double High => Beta(Agreed + GoldRight, Judged + GoldJudged).Interval.High;

    /// <summary>The job's title.</summary>
    public string JobTitle { get; set; } = "";

    internal static WorkerReliability Beta(double right, double judged)
    {
        var mean = new Trust(right, judged, null).Skill;
        var weight = Trust.PriorJudged + judged + (2 * Crowd.Consensus.Categories.OnlineBayes.K);
        return new(mean * weight, (1 - mean) * weight);
    }

    /// <summary>A quality manager's value.</summary>
    public double? Overridden => Override ?? Overall;

    /// <summary>Answers that agree with decided labels.</summary>
    public int Agreed { get; set; }

    /// <summary>Answers to tasks that are decided.</summary>
    public int Judged { get; set; }

    /// <summary>Right answers to gold tasks.</summary>
    public int GoldRight { get; set; }

    /// <summary>Answers to gold tasks.</summary>
    public int GoldJudged { get; set; }

    [GraphQLName("answerCount")]
    public int Answers { get; set; }

    [GraphQLName("acceptedCount")]
    public int Accepted { get; set; }

    [GraphQLName("rejectedCount")]
    public int Rejected { get; set; }

    [GraphQLName("paidMicros")]
    public long Paid { get; set; }

    [GraphQLIgnore]
    public long TimeMs { get; set; }

    /// <summary>Mean seconds from offer to answer.</summary>
    public double? MeanSeconds => Answers == 0 ? null : TimeMs / 1000.0 / Answers;
}

/// <summary>What is read of a worker apart from the row.</summary>
[ExtendObjectType(typeof(WorkerView))]
public static class WorkerFields
{
    public static async Task<IReadOnlyList<string>> GetQualificationsAsync(WorkerView worker, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<string>("select qualification from qualifications where worker_id = @worker order by qualification", new { worker = worker.WorkerId }, cancellationToken);

    /// <summary>Reliability by job, the latest jobs first, at most 200.</summary>
    public static async Task<IReadOnlyList<ReliabilityView>> GetReliabilityAsync(WorkerView worker, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<ReliabilityView>(
            """
            select l.job_id, l.agreed, l.judged, l.gold_right, l.gold_judged, l.answers, l.accepted, l.rejected, l.paid, l.time_ms, l.override, w.reliability_override as overall, j.title as job_title
            from reliability l left join workers w on w.worker_id = l.worker_id left join jobs j on j.job_id = l.job_id where l.worker_id = @worker order by l.job_id desc limit 200
            """, new { worker = worker.WorkerId }, cancellationToken);

    /// <summary>Everything that ever happened to the worker, in order.</summary>
    public static async Task<IReadOnlyList<Audit.LogEntry>> GetHistoryAsync(WorkerView worker, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<Audit.LogEntry>($"select {Audit.LogEntry.Columns} from events where stream = @worker order by version limit 1000", new { worker = worker.WorkerId }, cancellationToken);
}

/// <summary>Queries about workers and their own work.</summary>
public static class WorkerQueries
{
    /// <summary>One worker, for quality managers and the worker.</summary>
    public static async Task<WorkerView> GetWorkerAsync(WorkerId id, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        if (caller.Worker != id)
            caller.RequireQualityManager();
        return await reads.FirstAsync<WorkerView>($"select {WorkerView.Columns} from workers where worker_id = @id", new { id = id.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such worker");
    }

    /// <summary>All workers, for quality managers.</summary>
    /// <param name="job">Only those who answered on the job.</param>
    /// <param name="suspended">Only those who are suspended now, or only those who are not.</param>
    /// <param name="qualification">Only those with the qualification.</param>
    /// <param name="order">By default that in which they registered.</param>
    public static async Task<Connection<WorkerView>> GetWorkersAsync(
        JobId? job, bool? suspended, string? qualification, TimeProvider time, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken,
        WorkerOrder order = WorkerOrder.Registered)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var where = "1 = 1" + (job is null ? "" : " and worker_id in (select worker_id from reliability where job_id = @job)")
            + suspended switch { true => " and suspended_until > @now", false => " and (suspended_until is null or suspended_until <= @now)", null => "" }
            + (qualification is null ? "" : " and worker_id in (select worker_id from qualifications where qualification = @qualification)");
        var list = order == WorkerOrder.Registered ? null : WorkerRanking.Of(order);
        var (value, id) = list is null ? (0, page.Cursor) : WorkerRanking.Read(page.Cursor);
        var filters = new { job = job?.Value, qualification, now = time.GetUtcNow().ToMicroseconds(), value, cursor = id, limit = page.Limit };
        var rows = await reads.ListAsync<WorkerView>(list is null ? Registered(where, page) : list.Select(where, page), filters, cancellationToken);
        return page.Of(rows, w => list is null ? w.WorkerId : WorkerRanking.Cursor(w), async token => (int)await reads.FirstAsync<long>($"select count(*) from workers where {where}", filters, token));
    }

    private static string Registered(string where, Page page)
    {
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        return $"select {WorkerView.Columns} from workers where {where}{(page.Cursor is null ? "" : $" and worker_id {compare} @cursor")} order by worker_id {order} limit @limit";
    }

    /// <summary>The caller's own assignments, in the order in which the tasks were given out. For workers.</summary>
    /// <param name="status">Only of this status.</param>
    public static async Task<Connection<MyAssignment>> GetMyAssignmentsAsync(
        AssignmentStatus? status, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        var worker = caller.RequireWorker();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var (at, task) = MyAssignment.Read(page.Cursor);
        var rows = await reads.ListAsync<AssignmentView>(
            $"""
            select {AssignmentView.Columns} from assignments where worker_id = @worker{(status is null ? "" : " and status = @status")}
            {(page.Cursor is null ? "" : $" and (offered_at {compare} @at or (offered_at = @at and task_id {compare} @task))")} order by offered_at {order}, task_id {order} limit @limit
            """,
            new { worker = worker.Value, status = status?.ToString().ToLowerInvariant(), at, task, limit = page.Limit }, cancellationToken);
        return page.Of([.. rows.Select(r => new MyAssignment(r))], a => a.Cursor);
    }
}

/// <summary>An assignment as its worker sees it: whether the task was gold, and what others answered, stays out.</summary>
public sealed class MyAssignment(AssignmentView row)
{
    /// <summary>Where it stands among the worker's: no task is given to a worker twice at one moment.</summary>
    [GraphQLIgnore]
    public string Cursor => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.OfferedAt}:{row.TaskId}");

    public AssignmentId Id => row.Id;

    public JobId Job => row.Job;

    public TaskId Task => row.OfTask;

    public AssignmentStatus Status => row.Status;

    public DateTimeOffset OfferedAt => row.Offered;

    public DateTimeOffset LeaseUntil => row.Until;

    public DateTimeOffset? SubmittedAt => row.Submitted;

    public Labels.AnswerView? Answer => row.Answer;

    public long PayMicros => row.Pay;

    public long PaidMicros => row.Paid;

    /// <summary>Why it was accepted or rejected.</summary>
    public string? Reason => row.Reason;

    /// <summary>What the requester wrote.</summary>
    public string? Note => row.Note;

    public DateTimeOffset? SettledAt => row.Settled;

    public AppealStatus? Appeal => row.Appeal;

    /// <summary>The parts of a cursor; nothing where there is none.</summary>
    internal static (long At, string? Task) Read(string? cursor)
    {
        if (cursor is null)
            return (0, null);
        return cursor.Split(':') is [var at, var task] && long.TryParse(at, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var offered)
            ? (offered, task)
            : throw Refusals.Invalid("That is no cursor of this list.");
    }

    /// <summary>What is to be labelled.</summary>
    public Task<System.Text.Json.JsonElement> GetInputAsync(InputLoader inputs) => inputs.LoadAsync(Task);

    /// <summary>The job that it belongs to.</summary>
    public async Task<Listing> GetListingAsync(ListingLoader listings) =>
        await listings.LoadAsync(new(row.Worker, Job)) ?? throw Refusals.NotFound("such job");

    /// <summary>
    /// The answers that the settlement weighed, the caller's own first: empty until it is settled, and where the job pays otherwise than by agreement.
    /// </summary>
    public async Task<IReadOnlyList<PeerVote>> GetVotesAsync(PeerVoteLoader votes) => await votes.LoadAsync(new(row.Worker, Id)) ?? [];
}
