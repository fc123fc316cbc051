using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Loop;

/// <summary>Mutations of what machines do in a job.</summary>
public static class LoopMutations
{
    /// <summary>Replaces how machines take part in the job. The rules hold for predictions and decisions that come from now on; applyRules applies them to tasks that are there. For its members.</summary>
    public static async Task<Job> SetLoopAsync(JobId job, LoopPolicyInput policy, Caller caller, IGrainFactory grains, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(job, caller, MemberRole.Editor, cancellationToken);
        (await grains.GetGrain<IJobGrain>(job.Value).ChangeLoopAsync(policy.ToDomain(), caller.Actor)).OrThrow();
        return await jobs.ForReaderAsync(job, caller, cancellationToken);
    }

    /// <summary>
    /// Applies the job's rules as they are now to its tasks with predictions that nobody has begun with, those that a rule holds among them; at most 2,000 tasks at once. Decided
    /// tasks and decisions stay as they are. For its members.
    /// </summary>
    public static async Task<AppliedRulesView> ApplyRulesAsync(
        JobId job, Caller caller, IGrainFactory grains, Journal.IJournal journal, JobReads jobs, CancellationToken cancellationToken)
    {
        var found = await jobs.ForMemberAsync(job, caller, MemberRole.Editor, cancellationToken);
        if (found.StatusText is "closing" or "closed" or "cancelled")
            throw Refusals.Of(Reject.With(RejectionCode.JobStatus, "The job has ended; its tasks stay as they are."));
        return AppliedRulesView.Of(await RuleApplication.RunAsync(journal, grains, job, found.Specification, preview: false));
    }

    /// <summary>Adds a prediction on a task. The same again changes nothing; other content under the same model and version is refused. For the job's members.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> AddPredictionAsync(
        TaskId task, PredictionInput prediction, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        var found = await Tasks.TaskQueries.GetTaskAsync(task, caller, reads, jobs, cancellationToken);
        var job = await jobs.ForMemberAsync(found.Job, caller, MemberRole.Editor, cancellationToken);
        var added = (await grains.GetGrain<IPredictionsGrain>(found.Job.Value)
            .AddAsync([new(task, null, prediction.ToDomain(job.Specification.Schema))], caller.Actor)).OrThrow();
        return added.Refused is [var refused, ..] ? throw Refusals.Of(refused.Why) : added.Added == 1;
    }

    /// <summary>
    /// Shows the worker what the model said of a task, as the job's policy allows: on request, or once the answer is given. That it was shown is kept with the answer.
    /// </summary>
    public static async Task<SeenPredictionView> ShowPredictionAsync(AssignmentId assignment, Caller caller, IGrainFactory grains) =>
        SeenPredictionView.Of((await grains.GetGrain<ITaskGrain>(assignment.Task.Value).ShowPredictionAsync(assignment, caller.RequireWorker(), caller.Actor)).OrThrow());

    /// <summary>
    /// Asks for a decision and gets at once either the machine's label or a held decision, which is followed by polling it or by the subscription decisionChanges. For members
    /// of the organisation of an open job.
    /// </summary>
    /// <param name="key">The caller's key, 1 to 200 characters: the same request again is the same decision.</param>
    public static async Task<DecisionResult> RequestDecisionAsync(JobId job, string key, JsonElement input, PredictionInput prediction, Caller caller, IGrainFactory grains)
    {
        var sight = await SightAsync(job, caller, grains);
        return DecisionResult.Of((await grains.GetGrain<IGateGrain>(job.Value)
            .RequestAsync(new(key, input.GetRawText(), prediction.ToDomain(sight.Spec!.Schema)), caller.Actor)).OrThrow());
    }

    /// <summary>Stops an accepted decision before it is released; it waits for a person from then on. For the job's members and quality managers.</summary>
    public static async Task<DecisionResult> VetoDecisionAsync(
        DecisionId decision, string reason, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await RequireJudgeAsync(decision, caller, reads, jobs, cancellationToken);
        return DecisionResult.Of((await grains.GetGrain<IDecisionGrain>(decision.Value).VetoAsync(reason, caller.Actor)).OrThrow());
    }

    /// <summary>Decides what is held or escalated. For the job's members and quality managers.</summary>
    public static async Task<DecisionResult> ResolveDecisionAsync(
        DecisionId decision, AnswerInput label, string reason, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await RequireJudgeAsync(decision, caller, reads, jobs, cancellationToken);
        return DecisionResult.Of((await grains.GetGrain<IDecisionGrain>(decision.Value).ResolveAsync(label.ToDomain(), reason, caller.Actor)).OrThrow());
    }

    /// <summary>What the gate needs of the job, for a caller who may ask it for decisions.</summary>
    internal static async Task<JobSight> SightAsync(JobId job, Caller caller, IGrainFactory grains)
    {
        caller.RequirePerson();
        var sight = await grains.GetGrain<IJobGrain>(job.Value).GetSightAsync();
        if (sight.Spec is null || !caller.MayRead(sight.Requester))
            throw Refusals.NotFound("such job, or you may not see it");
        caller.RequireMember(sight.Requester, MemberRole.Editor);
        return sight;
    }

    private static async Task RequireJudgeAsync(DecisionId decision, Caller caller, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        var found = await LoopQueries.GetDecisionAsync(decision, caller, reads, jobs, cancellationToken);
        if (!caller.IsQualityManager)
            await jobs.ForMemberAsync(found.Job, caller, MemberRole.Editor, cancellationToken);
    }
}

/// <summary>Mutations of a job's model versions, for its members.</summary>
public static class ModelMutations
{
    /// <summary>Makes a version known before it predicts.</summary>
    public static Task<ModelView> RegisterModelAsync(
        JobId job, string model, string version, string? note, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(job, model, version, MemberRole.Editor, g => g.RegisterAsync(model, version, note, caller.Actor), caller, grains, reads, jobs, cancellationToken);

    /// <summary>Compares a version with people, on the tasks that people labelled after it had predicted them.</summary>
    public static Task<ModelView> MeasureModelAsync(
        JobId job, string model, string version, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(job, model, version, MemberRole.Editor, g => g.CompareAsync(model, version, caller.Actor), caller, grains, reads, jobs, cancellationToken);

    /// <summary>Lets rules accept what the version predicts. It must have been compared on at least 30 tasks. For owners.</summary>
    public static Task<ModelView> ApproveModelAsync(
        JobId job, string model, string version, string reason, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(job, model, version, MemberRole.Owner, g => g.ApproveAsync(model, version, reason, caller.Actor), caller, grains, reads, jobs, cancellationToken);

    /// <summary>Ends that: rules accept nothing of the version any more, from when this is answered.</summary>
    public static Task<ModelView> RetireModelAsync(
        JobId job, string model, string version, string reason, Caller caller, IGrainFactory grains, Hosting.Reads reads, JobReads jobs, CancellationToken cancellationToken) =>
        DoAsync(job, model, version, MemberRole.Editor, g => g.RetireAsync(model, version, reason, caller.Actor), caller, grains, reads, jobs, cancellationToken);

    private static async Task<ModelView> DoAsync(
        JobId job, string model, string version, MemberRole least, Func<IModelsGrain, Task<Outcome<ModelVersion>>> change, Caller caller, IGrainFactory grains, Hosting.Reads reads,
        JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(job, caller, least, cancellationToken);
        (await change(grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(job)))).OrThrow();
        return (await LoopQueries.GetModelsAsync(job, caller, reads, jobs, cancellationToken)).First(m => m.Model == model && m.Version == version);
    }
}
