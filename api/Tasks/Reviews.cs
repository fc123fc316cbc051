using System.Globalization;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Tasks;

/// <summary>What came of reviewing one of several answers.</summary>
/// <param name="Assignment">The answer.</param>
/// <param name="Code">Why it was refused; null when it was done.</param>
/// <param name="Message">What to change.</param>
public sealed record ReviewResult(AssignmentId Assignment, string? Code, string? Message);

/// <summary>Answers that wait for the requester.</summary>
[ExtendObjectType(typeof(Job))]
public static class ReviewFields
{
    /// <summary>Answers that wait for a review, in the order of their tasks. Only jobs whose answers are reviewed have any.</summary>
    public static async Task<Connection<AssignmentView>> GetReviewsAsync(
        Job job, int? first, string? after, int? last, string? before, Reads reads, CancellationToken cancellationToken)
    {
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var cursor = page.Cursor is null ? default : AssignmentId.TryParse(page.Cursor, out var id) ? id : throw Refusals.Invalid("That is no cursor of this list.");
        var columns = string.Join(", ", AssignmentView.Columns.Split(", ").Select(c => "a." + c));
        var rows = await reads.ListAsync<AssignmentView>(
            $"""
            select {columns} from reviews r join assignments a on a.job_id = r.job_id and a.task_id = r.task_id and a.ordinal = r.ordinal where r.job_id = @job
            {(page.Cursor is null ? "" : $"and (r.task_id {compare} @task or (r.task_id = @task and r.ordinal {compare} @ordinal))")}
            order by r.task_id {order}, r.ordinal {order} limit @limit
            """,
            new { job = job.JobId, task = page.Cursor is null ? null : cursor.Task.Value, ordinal = page.Cursor is null ? 0 : cursor.Ordinal, limit = page.Limit }, cancellationToken);
        return page.Of(rows, a => a.Id.Value, async token =>
            (int)await reads.FirstAsync<long>("select count(*) from reviews where job_id = @job", new { job = job.JobId }, token));
    }
}

/// <summary>What an assignment is about.</summary>
[ExtendObjectType(typeof(AssignmentView))]
public static class AssignmentFields
{
    /// <summary>What was to be labelled.</summary>
    public static Task<JsonElement> GetInputAsync(AssignmentView assignment, InputLoader inputs) => inputs.LoadAsync(assignment.OfTask);
}

/// <summary>Reviews of many answers at once.</summary>
public static class BulkReviewMutations
{
    /// <summary>Most answers in one request.</summary>
    public const int MostAnswers = 200;

    /// <summary>
    /// Accepts or rejects up to 200 answers of one job. Each stands for itself: what could not be done is said with its reason, the others are done.
    /// </summary>
    /// <param name="note">The reason of a rejection, which the workers read; a remark on an approval.</param>
    [Cost(100)]
    public static async Task<IReadOnlyList<ReviewResult>> ReviewAnswersAsync(
        JobId job, IReadOnlyList<AssignmentId> assignments, bool approve, string? note, Caller caller, IGrainFactory grains, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(job, caller, MemberRole.Editor, cancellationToken);
        if (assignments.Count is 0 or > MostAnswers)
            throw Refusals.Invalid($"assignments: give 1 to {MostAnswers.ToString(CultureInfo.InvariantCulture)}.");
        var tasks = assignments.Select(a => a.Task.Value).Distinct(StringComparer.Ordinal).ToArray();
        var known = (await reads.ListByIdsAsync<TaskRow>("select task_id, job_id from tasks where task_id in {ids}", tasks, cancellationToken))
            .Where(t => t.JobId == job.Value).Select(t => t.TaskId).ToHashSet(StringComparer.Ordinal);
        return await Task.WhenAll(assignments.Distinct().Select(async a =>
        {
            var outcome = known.Contains(a.Task.Value)
                ? await grains.GetGrain<ITaskGrain>(a.Task.Value).ReviewAsync(a, approve, note, caller.Actor)
                : Reject.NotFound("such answer on this job");
            return outcome.Accepted ? new ReviewResult(a, null, null) : new(a, Refusals.Code(outcome.Rejection.Code), outcome.Rejection.Message);
        }));
    }

    private sealed class TaskRow
    {
        public string TaskId { get; set; } = "";

        public string JobId { get; set; } = "";
    }
}
