using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Tasks;

/// <summary>Queries about tasks, for requesters and quality managers.</summary>
public static class TaskQueries
{
    /// <summary>One task with all that is known of it.</summary>
    public static async Task<TaskView> GetTaskAsync(TaskId id, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var task = await reads.FirstAsync<TaskView>($"select {TaskView.Columns} from tasks where task_id = @id", new { id = id.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such task, or you may not see it");
        await jobs.ForReaderAsync(task.Job, caller, cancellationToken);
        return task;
    }

    /// <summary>Escalated tasks of all jobs, oldest first: what the crowd could not settle. For quality managers.</summary>
    public static async Task<Connection<TaskView>> GetEscalationsAsync(
        int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        return await ReadAsync("stage = 'escalated' and job_id in (select job_id from jobs where status in ('open', 'paused', 'closing'))", null, Page.From(first, after, last, before), reads, cancellationToken);
    }

    internal static async Task<Connection<TaskView>> ReadAsync(string where, object? filters, Page page, Reads reads, CancellationToken cancellationToken)
    {
        var parameters = new Dapper.DynamicParameters(filters);
        parameters.Add("cursor", page.Cursor);
        parameters.Add("limit", page.Limit);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var rows = await reads.ListAsync<TaskView>(
            $"select {TaskView.Columns} from tasks where {where}{(page.Cursor is null ? "" : $" and task_id {compare} @cursor")} order by task_id {order} limit @limit", parameters, cancellationToken);
        return page.Of(rows, t => t.TaskId, async token => (int)await reads.FirstAsync<long>($"select count(*) from tasks where {where}", filters, token));
    }
}

/// <summary>A job's tasks and how far its workers agree.</summary>
[ExtendObjectType(typeof(Job))]
public static class JobTaskFields
{
    /// <summary>The job's tasks in the order in which they were added.</summary>
    /// <param name="stage">Only of this stage.</param>
    /// <param name="externalId">Only the one with the requester's own id.</param>
    /// <param name="label">Only those with exactly this label.</param>
    /// <param name="leastConfidence">Only those with at least this confidence.</param>
    /// <param name="mostConfidence">Only those with at most this confidence.</param>
    /// <param name="decidedBy">Only those whose label came about so.</param>
    /// <param name="search">Only those with this text in their input or id; looks at the job's first 100,000 tasks.</param>
    public static Task<Connection<TaskView>> GetTasksAsync(
        Job job, TaskState? stage, string? externalId, AnswerInput? label, double? leastConfidence, double? mostConfidence, DecidedBy? decidedBy, string? search,
        int? first, string? after, int? last, string? before, Reads reads, CancellationToken cancellationToken)
    {
        var filter = new TaskFilter(stage, externalId, label, leastConfidence, mostConfidence, decidedBy, search);
        return TaskQueries.ReadAsync(filter.Where, filter.Parameters(job.JobId), Page.From(first, after, last, before), reads, cancellationToken);
    }

    /// <summary>How far the workers agree with each other over the whole job, at most its first 100,000 answers.</summary>
    [Cost(50)]
    public static Task<Agreements> GetAgreementAsync(Job job, Reads reads, CancellationToken cancellationToken) => Agreements.OfAsync(job, reads, cancellationToken);
}
