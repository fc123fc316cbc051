using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Workers;

/// <inheritdoc cref="IWorkerGrain"/>
internal sealed class WorkerGrain(EventLog log) : EventSourcedGrain<WorkerState, WorkerEvent>(log), IWorkerGrain
{
    protected override WorkerState Initial => new();

    protected override JsonTypeInfo<WorkerState> StateJson => DomainJson.Default.WorkerState;

    public Task<Outcome<WorkerId>> RegisterAsync(PersonId person, string actor)
    {
        var id = WorkerId.From(Stream);
        return DecideAsync(WorkerDecider.Register(State, id, person), actor, Log.Now, () => id);
    }

    public Task<WorkerStanding> GetStandingAsync() => Task.FromResult(State.Standing);

    public Task<Outcome<Done>> GrantAsync(string qualification, string reason, string actor) =>
        DecideAsync(WorkerDecider.Grant(State, qualification, reason), actor, Log.Now);

    public Task<Outcome<Done>> RevokeAsync(string qualification, string reason, string actor) =>
        DecideAsync(WorkerDecider.Revoke(State, qualification, reason), actor, Log.Now);

    public Task<Outcome<Done>> SuspendAsync(DateTimeOffset until, string reason, string actor) =>
        DecideAsync(WorkerDecider.Suspend(State, until, reason, Log.Now), actor, Log.Now);

    public Task<Outcome<Done>> LiftSuspensionAsync(string reason, string actor) =>
        DecideAsync(WorkerDecider.LiftSuspension(State, reason), actor, Log.Now);

    public Task<Outcome<Done>> OverrideReliabilityAsync(JobId? job, double value, string reason, string actor) =>
        DecideAsync(WorkerDecider.Override(State, job, value, reason), actor, Log.Now);

    public Task<Outcome<Done>> ClearReliabilityAsync(JobId? job, string reason, string actor) =>
        DecideAsync(WorkerDecider.ClearOverride(State, job, reason), actor, Log.Now);

    public async Task<Outcome<PayoutId>> RequestPayoutAsync(PayoutId payout, long? amountMicros, Currency currency, string actor)
    {
        if (!State.Registered)
            return Reject.NotFound("such worker");
        // Only this grain takes money from the account, one call at a time: what it reads can only grow until it commits.
        var available = await Log.Journal.BalanceAsync(Account.Earned(State.Id), currency, CancellationToken.None);
        Money? amount = amountMicros is { } micros ? new(micros, currency) : null;
        return await DecideAsync(WorkerDecider.RequestPayout(State, payout, amount, available), actor, Log.Now, () => payout);
    }

    public Task EndPayoutAsync(PayoutId payout, bool paid) => DecideAsync(WorkerDecider.EndPayout(State, payout, paid), "system", Log.Now);

    protected override WorkerState Apply(WorkerState state, WorkerEvent e, DateTimeOffset at) => state.Apply(e);
}
