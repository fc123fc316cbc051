using Crowd.Domain;
using Crowd.Marketplace.Loop;

namespace Crowd.Marketplace.Tasks;

/// <content>What models have to do with the task.</content>
internal sealed partial class TaskGrain
{
    public async Task RouteAsync(JobId job, Routing routing, Prediction prediction)
    {
        await LoadAsync(CancellationToken.None);
        var events = TaskDecider.Route(State, job, await SpecAsync(), routing, prediction);
        await CommitAsync(events, System, Log.Now);
        await TellAsync(events, Progress());
    }

    public async Task RerouteAsync(JobId job, Routing routing, Prediction prediction)
    {
        await LoadAsync(CancellationToken.None);
        var events = TaskDecider.Reroute(State, job, await SpecAsync(), routing, prediction);
        await CommitAsync(events, System, Log.Now);
        await TellAsync(events, Progress());
    }

    public async Task<Outcome<SeenPrediction>> ShowPredictionAsync(AssignmentId assignment, WorkerId worker, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Find(assignment) is null)
            return Reject.NotFound("such assignment of yours");
        var predicted = await PredictedAsync(await SpecAsync());
        return await DecideAsync(TaskDecider.Show(State, assignment, worker, predicted), actor, Log.Now, () => State.Find(assignment)!.Seen!);
    }

    /// <summary>What the job's model said of the task, if models vote.</summary>
    private async Task<Prediction?> VoteOfModelAsync(JobSpec spec) =>
        spec.Loop is { ModelVotes: true } policy && Encode.Categories(spec.Schema) is not null ? policy.Pick(await PredictionReads.OfTaskAsync(Log.Journal, Id)) : null;

    /// <summary>What the job's model said of the task; null when it said nothing or workers see nothing of it.</summary>
    private async Task<SeenPrediction?> PredictedAsync(JobSpec spec)
    {
        if (spec.Loop is not { Shows: true } policy)
            return null;
        return policy.Pick(await PredictionReads.OfTaskAsync(Log.Journal, Id)) is { } said ? new(said.Model, said.Version, said.Label) : null;
    }
}
