using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Workers;

namespace Crowd.Api.Workers;

/// <summary>What quality managers do with workers. Every one takes a reason, which the worker and the audit trail show.</summary>
public static class WorkerMutations
{
    /// <summary>Puts a reliability in the place of the measured one, which is kept beside it.</summary>
    /// <param name="job">The job it holds for; null for all jobs.</param>
    /// <param name="value">Probability of a right answer, 0 to 1.</param>
    public static Task<WorkerView> OverrideReliabilityAsync(
        WorkerId worker, JobId? job, double value, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.OverrideReliabilityAsync(job, value, reason, caller.Actor), cancellationToken);

    /// <summary>Lets the measured reliability count again.</summary>
    public static Task<WorkerView> ClearReliabilityAsync(
        WorkerId worker, JobId? job, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.ClearReliabilityAsync(job, reason, caller.Actor), cancellationToken);

    /// <summary>Gives the worker no new work until the instant.</summary>
    public static Task<WorkerView> SuspendWorkerAsync(
        WorkerId worker, DateTimeOffset until, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.SuspendAsync(until, reason, caller.Actor), cancellationToken);

    /// <summary>Ends a suspension.</summary>
    public static Task<WorkerView> LiftSuspensionAsync(WorkerId worker, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.LiftSuspensionAsync(reason, caller.Actor), cancellationToken);

    public static Task<WorkerView> GrantQualificationAsync(
        WorkerId worker, string qualification, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.GrantAsync(qualification, reason, caller.Actor), cancellationToken);

    public static Task<WorkerView> RevokeQualificationAsync(
        WorkerId worker, string qualification, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(worker, caller, grains, reads, g => g.RevokeAsync(qualification, reason, caller.Actor), cancellationToken);

    private static async Task<WorkerView> DoAsync(
        WorkerId worker, Caller caller, IGrainFactory grains, Reads reads, Func<IWorkerGrain, Task<Outcome<Done>>> change, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        (await change(grains.GetGrain<IWorkerGrain>(worker.Value))).OrThrow();
        return await WorkerQueries.GetWorkerAsync(worker, caller, reads, cancellationToken);
    }
}
