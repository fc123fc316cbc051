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

    public async Task<Outcome<Done>> AdjudicateAsync(Answer label, string reason, string actor, long? seen = null)
    {
        await LoadAsync(CancellationToken.None);
        var job = await JobAsync();
        if (job == default)
            return Reject.NotFound("such task");
        var spec = await SpecAsync();
        var state = State.Gold is null && await GoldAsync() is { } gold ? State with { Gold = gold } : State;
        var evaluation = state.Voting.Any() ? await EvaluateAsync(state with { Job = job }, spec) : null;
        var input = await InputAsync(spec);
        var decision = TaskDecider.Adjudicate(state, job, spec, label, reason, input, evaluation);
        if (!decision.Accepted || decision.Value.Length == 0)
            return await SettleAsync(decision, actor);
        if (seen is { } version && version != Version)
            return Reject.With(RejectionCode.VersionConflict, $"The task has changed since you looked at it (it is at version {Version}, you saw {version}): look again.");

        var right = decision.Value.OfType<TaskEvent.Settled>().SelectMany(s => s.Settlements).Where(s => s.Reason == SettlementReason.ProvedRight).ToArray();
        var byPlatform = new HashSet<AssignmentId>();
        foreach (var one in right)
        {
            if (!await GrainFactory.GetGrain<IJobGrain>(job.Value).ReserveAsync(one.Assignment, one.PayMicros + one.FeeMicros))
                byPlatform.Add(one.Assignment);
        }

        return await SettleAsync(TaskDecider.Adjudicate(state, job, spec, label, reason, input, evaluation, byPlatform), actor, [.. right.Select(r => r.Assignment)]);
    }

    public async Task<Outcome<Done>> MakeGoldAsync(string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        return State.Job == default ? Reject.NotFound("such task that is decided") : await SettleAsync(TaskDecider.MakeGold(State, reason), actor);
    }

    public async Task<Outcome<Done>> RetireGoldAsync(string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        var job = await JobAsync();
        if (job == default)
            return Reject.NotFound("such task");
        var state = State.Gold is null && await GoldAsync() is { } gold ? State with { Gold = gold } : State;
        return await SettleAsync(TaskDecider.RetireGold(state, job, await SpecAsync(), reason), actor);
    }

    public async Task<Outcome<Done>> RedoAsync(WorkerId worker, string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Assignments.LastOrDefault(a => a.Worker == worker) is not { } theirs)
            return Reject.NotFound("assignment of that worker on such a task");
        return await SettleAsync(TaskDecider.Redo(State, await SpecAsync(), worker, reason), actor, theirs.Id);
    }

    private async Task<Outcome<Done>> SettleAsync(Outcome<TaskEvent[]> decision, string actor, params AssignmentId[] about)
    {
        if (!decision.Accepted)
            return decision.Rejection;
        await CommitAsync(decision.Value, actor, Log.Now);
        var told = Array.ConvertAll(about, id => State.Find(id)!);
        await TellAsync(decision.Value, told.Length == 1
            ? About(told[0])
            : Progress() with { Assignments = told.Length == 0 ? null : [.. told.Select(AssignmentProgress.Of)] });
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
            {
                await GrainFactory.GetGrain<IConsensusGrain>(State.Job.Value).ObserveAsync(decided.Votes, decided.Replaces, Position);
                if (decided.Model is { } vote)
                    await GrainFactory.GetGrain<IConsensusGrain>(State.Job.Value).ObserveModelAsync((await SpecAsync()).Schema, vote, Position);
            }
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
