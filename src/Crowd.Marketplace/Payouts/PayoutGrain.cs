using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Payouts;

/// <summary>One payout through the provider: begun, sent under its id as idempotency key, posted or voided, and perhaps come back. Key: the payout's id.</summary>
public interface IPayoutGrain : IGrainWithStringKey
{
    /// <summary>Begins the payout, or goes on with it when its outcome is not known yet.</summary>
    /// <param name="worker">Who is paid.</param>
    /// <param name="amount">How much.</param>
    /// <param name="payee">The worker's account at the provider; null with one that needs none.</param>
    Task SendAsync(WorkerId worker, Money amount, string? payee);

    /// <summary>Takes in how much has come back from the worker's account up to now; false for a payout that is not ours.</summary>
    Task<bool> ReturnAsync(string transfer, Money soFar, string reason);

    /// <summary>Takes the payout back because a bank did not take it; false when it is not known yet whether it has left at all.</summary>
    Task<bool> RecallAsync(string bankPayout, string reason);

    /// <summary>Goes on taking the payout back when what the provider said is not known.</summary>
    Task ResumeRecallAsync();

    /// <summary>Books a voided payout that was found to have left all the same.</summary>
    Task<Outcome<Done>> FindAsync(string reference, string reason, string actor);
}

/// <inheritdoc cref="IPayoutGrain"/>
internal sealed class PayoutGrain(EventLog log, IPaymentProvider payments) : EventSourcedGrain<PayoutState, PayoutEvent>(log), IPayoutGrain
{
    private const string System = "system";

    protected override PayoutState Initial => new();

    protected override JsonTypeInfo<PayoutState> StateJson => DomainJson.Default.PayoutState;

    private PayoutId Id => PayoutId.From(Stream);

    public async Task SendAsync(WorkerId worker, Money amount, string? payee)
    {
        // Started is durable before the provider is asked: whatever happens from here on, the payout is asked for again under the same id.
        await CommitAsync(PayoutDecider.Start(State, Id, worker, amount, payee), System, Log.Now);
        if (State.Status != PayoutStatus.Started)
            return;
        var outcome = await payments.PayAsync(Id, State.Worker, State.Payee ?? "", State.Amount, State.StartedAt, CancellationToken.None);
        await CommitAsync(PayoutDecider.Conclude(State, Id, outcome), System, Log.Now);
    }

    public async Task<bool> ReturnAsync(string transfer, Money soFar, string reason)
    {
        await CommitAsync(PayoutDecider.Return(State, Id, transfer, soFar, reason), System, Log.Now);
        return State.Status != PayoutStatus.None;
    }

    public async Task<bool> RecallAsync(string bankPayout, string reason)
    {
        if (State.Status is PayoutStatus.None or PayoutStatus.Started)
            return false;
        await CommitAsync(PayoutDecider.Recall(State, Id, bankPayout, reason), System, Log.Now);
        await ResumeRecallAsync();
        return true;
    }

    public async Task ResumeRecallAsync()
    {
        if (State.Recall is null)
            return;
        var outcome = await payments.RecallAsync(Id, State.Reference!, State.Rest, State.RecalledAt, CancellationToken.None);
        await CommitAsync(PayoutDecider.ConcludeRecall(State, Id, outcome), System, Log.Now);
    }

    public Task<Outcome<Done>> FindAsync(string reference, string reason, string actor) => DecideAsync(PayoutDecider.Find(State, Id, reference, reason), actor, Log.Now);

    protected override PayoutState Apply(PayoutState state, PayoutEvent e, DateTimeOffset at) => state.Apply(e, at);
}
