using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Payouts;

/// <summary>One payout through the provider: begun, sent under its id as idempotency key, posted or voided. Key: the payout's id.</summary>
public interface IPayoutGrain : IGrainWithStringKey
{
    /// <summary>Begins the payout, or goes on with it when its outcome is not known yet.</summary>
    Task SendAsync(WorkerId worker, Money amount);
}

/// <inheritdoc cref="IPayoutGrain"/>
internal sealed class PayoutGrain(EventLog log, IPaymentProvider payments) : EventSourcedGrain<PayoutState, PayoutEvent>(log), IPayoutGrain
{
    private const string System = "system";

    protected override PayoutState Initial => new();

    protected override JsonTypeInfo<PayoutState> StateJson => DomainJson.Default.PayoutState;

    private PayoutId Id => PayoutId.From(Stream);

    public async Task SendAsync(WorkerId worker, Money amount)
    {
        // Started is durable before the provider is asked: whatever happens from here on, the payout is asked for again under the same id.
        await CommitAsync(PayoutDecider.Start(State, Id, worker, amount), System, Log.Now);
        if (State.Status != PayoutStatus.Started)
            return;
        var outcome = await payments.PayAsync(Id, State.Worker, "", State.Amount, Log.Now, CancellationToken.None);
        await CommitAsync(PayoutDecider.Conclude(State, Id, outcome), System, Log.Now);
    }

    protected override PayoutState Apply(PayoutState state, PayoutEvent e, DateTimeOffset at) => state.Apply(e);
}
