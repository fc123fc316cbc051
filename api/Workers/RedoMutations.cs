using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Workers;

/// <summary>What became of having a worker's work done again.</summary>
/// <param name="Redone">Answers and leases that were taken out now.</param>
/// <param name="Left">Whether there are more: send it again.</param>
public sealed record RedoResult(int Redone, bool Left);

/// <summary>Having work done again.</summary>
public static class RedoMutations
{
    /// <summary>Most tasks of one call.</summary>
    public const int MostTasks = 500;

    private const int Together = 16;

    /// <summary>
    /// Has the work of a suspended worker done again on tasks that are not decided: answers that are not settled no longer count, leases are taken back, others are asked.
    /// What was accepted is paid and stays. At most 500 tasks at once. For quality managers.
    /// </summary>
    /// <param name="job">Only on this job; null for all that run.</param>
    public static async Task<RedoResult> RedoWorkAsync(
        WorkerId worker, JobId? job, string reason, Caller caller, IGrainFactory grains, Reads reads, TimeProvider time, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var view = await WorkerQueries.GetWorkerAsync(worker, caller, reads, cancellationToken);
        if (view.Suspension is not { } until || until <= time.GetUtcNow())
            throw Refusals.Invalid("Suspend the worker first, so that no more work comes meanwhile.");
        var tasks = await reads.ListAsync<string>(
            $"""
            select a.task_id from assignments a join tasks t on t.task_id = a.task_id join jobs j on j.job_id = a.job_id
            where a.worker_id = @worker{(job is null ? "" : " and a.job_id = @job")} and a.status in ('leased', 'submitted') and t.stage in ('open', 'escalated') and t.gold is null
              and j.status in ('open', 'paused')
            order by a.task_id limit @limit
            """,
            new { worker = worker.Value, job = job?.Value, limit = MostTasks + 1 }, cancellationToken);
        foreach (var chunk in tasks.Take(MostTasks).Chunk(Together))
        {
            foreach (var outcome in await Task.WhenAll(chunk.Select(t => grains.GetGrain<ITaskGrain>(t).RedoAsync(worker, reason, caller.Actor))))
                outcome.OrThrow();
        }

        return new(Math.Min(tasks.Count, MostTasks), tasks.Count > MostTasks);
    }
}
