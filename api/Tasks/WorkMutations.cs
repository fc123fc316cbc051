using Crowd.Api.Access;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Tasks;

/// <summary>What workers do.</summary>
public static class WorkMutations
{
    /// <summary>
    /// Brings the tasks that the worker holds of the job up to the count and gives them all. Asking again gives the same ones, so a lost reply does no harm.
    /// </summary>
    public static async Task<IReadOnlyList<Work>> RequestWorkAsync(JobId job, Caller caller, IGrainFactory grains, int count = 1)
    {
        var leases = (await grains.GetGrain<IJobGrain>(job.Value).RequestWorkAsync(caller.RequireWorker(), count, caller.Actor)).OrThrow();
        return [.. leases.Select(l => new Work(l.Assignment, job, l.Assignment.Task, l.Until, l.PayMicros))];
    }

    /// <summary>Submits an answer. The same answer again gives the same result; another one is refused and the first stands.</summary>
    public static async Task<SubmitResult> SubmitAnswerAsync(AssignmentId assignment, AnswerInput answer, Caller caller, IGrainFactory grains)
    {
        var receipt = (await grains.GetGrain<ITaskGrain>(assignment.Task.Value)
            .SubmitAsync(assignment, caller.RequireWorker(), answer.ToDomain(), caller.Actor)).OrThrow();
        return new(receipt.Assignment, receipt.Repeated);
    }

    /// <summary>Gives a task back unanswered.</summary>
    public static async Task<bool> ReturnAssignmentAsync(AssignmentId assignment, string? reason, Caller caller, IGrainFactory grains)
    {
        (await grains.GetGrain<ITaskGrain>(assignment.Task.Value).ReturnAsync(assignment, caller.RequireWorker(), reason, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>Appeals against the rejection of an answer.</summary>
    public static async Task<bool> AppealAsync(AssignmentId assignment, string message, Caller caller, IGrainFactory grains)
    {
        (await grains.GetGrain<ITaskGrain>(assignment.Task.Value).AppealAsync(assignment, caller.RequireWorker(), message, caller.Actor)).OrThrow();
        return true;
    }
}

/// <summary>What requesters and quality managers do with answers.</summary>
public static class ReviewMutations
{
    /// <summary>Accepts an answer of a job whose answers are reviewed.</summary>
    public static Task<bool> ApproveAnswerAsync(
        AssignmentId assignment, string? note, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        ReviewAsync(assignment, true, note, caller, grains, reads, jobs, cancellationToken);

    /// <summary>Rejects an answer of a job whose answers are reviewed; the worker reads the reason and may appeal.</summary>
    public static Task<bool> RejectAnswerAsync(
        AssignmentId assignment, string reason, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        ReviewAsync(assignment, false, reason, caller, grains, reads, jobs, cancellationToken);

    /// <summary>
    /// Gives a task its label, with a reason. Answers that had been rejected and are proved right are paid; what was paid stands. For quality managers.
    /// </summary>
    /// <param name="seen">The task's version that the label was decided on: refused with VERSION_CONFLICT when the task has changed since. Null to decide whatever it has come to.</param>
    public static async Task<TaskView> AdjudicateAsync(
        TaskId task, AnswerInput label, string reason, long? seen, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        (await grains.GetGrain<ITaskGrain>(task.Value).AdjudicateAsync(label.ToDomain(), reason, caller.Actor, seen)).OrThrow();
        return await TaskQueries.GetTaskAsync(task, caller, reads, jobs, cancellationToken);
    }

    /// <summary>Answers an appeal; an upheld one is paid. For quality managers.</summary>
    public static async Task<bool> ResolveAppealAsync(AssignmentId assignment, bool uphold, string reason, Caller caller, IGrainFactory grains)
    {
        caller.RequireQualityManager();
        (await grains.GetGrain<ITaskGrain>(assignment.Task.Value).ResolveAppealAsync(assignment, uphold, reason, caller.Actor)).OrThrow();
        return true;
    }

    private static async Task<bool> ReviewAsync(
        AssignmentId assignment, bool approve, string? note, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        var task = await TaskQueries.GetTaskAsync(assignment.Task, caller, reads, jobs, cancellationToken);
        await jobs.ForMemberAsync(task.Job, caller, MemberRole.Editor, cancellationToken);
        (await grains.GetGrain<ITaskGrain>(assignment.Task.Value).ReviewAsync(assignment, approve, note, caller.Actor)).OrThrow();
        return true;
    }
}
