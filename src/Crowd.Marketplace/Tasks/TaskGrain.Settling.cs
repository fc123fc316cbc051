using Crowd.Domain;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Jobs;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Tasks;

internal sealed partial class TaskGrain
{
    public async Task<Outcome<Done>> ReviewAsync(AssignmentId assignment, bool approve, string? note, string actor)
    {
        await LoadAsync(CancellationToken.None);
        return State.Find(assignment) is null
            ? Reject.NotFound("such assignment")
            : await SettleAsync(TaskDecider.Review(State, await SpecAsync(), assignment, approve, note), actor);
    }

    public async Task<Outcome<Done>> AppealAsync(AssignmentId assignment, WorkerId worker, string message, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Find(assignment) is null)
            return Reject.NotFound("such assignment of yours");
        var now = Log.Now;
        return await DecideAsync(TaskDecider.Appeal(State, await SpecAsync(), assignment, worker, message, now), actor, now);
    }

    public async Task<Outcome<Done>> ResolveAppealAsync(AssignmentId assignment, bool uphold, string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Find(assignment) is not { } found)
            return Reject.NotFound("appeal on such an assignment");
        var spec = await SpecAsync();
        var escrowPays = true;

        // Money is reserved only for what will be done: a refusal would leave it reserved.
        if (uphold && TaskDecider.ResolveAppeal(State, spec, assignment, uphold, reason, escrowPays) is { Accepted: true, Value.Length: > 0 })
            escrowPays = await GrainFactory.GetGrain<IJobGrain>(State.Job.Value).ReserveAsync(assignment, found.PayMicros + found.FeeMicros);
        return await SettleAsync(TaskDecider.ResolveAppeal(State, spec, assignment, uphold, reason, escrowPays), actor, assignment);
    }

    public async Task<Outcome<Done>> AdjudicateAsync(Answer label, string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        var job = await JobAsync();
        if (job == default)
            return Reject.NotFound("such task");
        var spec = await SpecAsync();
        var state = State.Gold is null && await GoldAsync() is { } gold ? State with { Gold = gold } : State;
        var evaluation = state.Answers > 0 && state.Gold is null ? await EvaluateAsync(state with { Job = job }, spec) : null;
        return await SettleAsync(TaskDecider.Adjudicate(state, job, spec, label, reason, await InputAsync(spec), evaluation), actor);
    }

    private async Task<Outcome<Done>> SettleAsync(Outcome<TaskEvent[]> decision, string actor, AssignmentId? about = null)
    {
        if (!decision.Accepted)
            return decision.Rejection;
        await CommitAsync(decision.Value, actor, Log.Now);
        await TellAsync(decision.Value, about is { } assignment ? About(State.Find(assignment)!) : Progress());
        return default(Done);
    }

    /// <summary>
    /// Tells the job and the consensus what was committed. The events are durable: if telling fails, the answer stands all the same, the job finds out
    /// when the lease it still counts ends, and the consensus when it is next activated.
    /// </summary>
    private async Task TellAsync(TaskEvent[] events, TaskProgress progress)
    {
        if (events.Length == 0)
            return;
        try
        {
            await GrainFactory.GetGrain<IJobGrain>(State.Job.Value).ObserveAsync(progress);
        }
        catch (Exception e)
        {
            LogNotTold(e, Stream, State.Job.Value);
        }

        await TellConsensusAsync(events, progress);
    }

    private async Task TellConsensusAsync(TaskEvent[] events, TaskProgress? progress)
    {
        try
        {
            if (progress is { GoldRight: { } right, Worker: { } worker })
                await GrainFactory.GetGrain<IConsensusGrain>(State.Job.Value).ObserveGoldAsync(worker, right, Position);
            foreach (var decided in events.OfType<TaskEvent.Decided>())
                await GrainFactory.GetGrain<IConsensusGrain>(State.Job.Value).ObserveAsync(decided.Votes, decided.Replaces, Position);
        }
        catch (Exception e)
        {
            LogConsensusNotTold(e, Stream, State.Job.Value);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Task}: its job {Job} could not be told of committed events; it will find out by itself.")]
    private partial void LogNotTold(Exception exception, string task, string job);

    [LoggerMessage(2002, LogLevel.Warning, "{Task}: the consensus of {Job} could not be told of committed events; it has them when it is next activated.")]
    private partial void LogConsensusNotTold(Exception exception, string task, string job);
}
