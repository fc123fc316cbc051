using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Payments;

/// <summary>One refund through the provider: begun, sent under its id as idempotency key, posted or voided. Key: the refund's id.</summary>
public interface IRefundGrain : IGrainWithStringKey
{
    /// <summary>Begins the refund, or goes on with it when its outcome is not known yet.</summary>
    /// <param name="requester">Whose money it was.</param>
    /// <param name="topUp">The top-up that it is a part of.</param>
    /// <param name="payment">The provider's id of the top-up's payment.</param>
    /// <param name="amount">How much.</param>
    Task SendAsync(RequesterId requester, TopUpId topUp, string payment, Money amount);

    /// <summary>Takes in that it has arrived; false for a refund that is not ours.</summary>
    Task<bool> ConfirmAsync(string reference);

    /// <summary>Takes in that it came back; false for a refund that is not ours.</summary>
    Task<bool> FailAsync(string reference, string reason);
}

/// <inheritdoc cref="IRefundGrain"/>
internal sealed class RefundGrain(EventLog log, IPaymentProvider payments) : EventSourcedGrain<RefundState, RefundEvent>(log), IRefundGrain
{
    private const string System = "system";

    protected override RefundState Initial => new();

    protected override JsonTypeInfo<RefundState> StateJson => DomainJson.Default.RefundState;

    private RefundId Id => RefundId.From(Stream);

    public async Task SendAsync(RequesterId requester, TopUpId topUp, string payment, Money amount)
    {
        await CommitAsync(RefundDecider.Start(State, Id, requester, topUp, payment, amount), System, Log.Now);
        if (State.Status != RefundStatus.Started)
            return;
        var outcome = await payments.RefundAsync(Id, State.TopUp, State.Payment, State.Amount, State.StartedAt, CancellationToken.None);
        await CommitAsync(RefundDecider.Conclude(State, outcome), System, Log.Now);
    }

    public async Task<bool> ConfirmAsync(string reference)
    {
        await CommitAsync(RefundDecider.Confirm(State, reference), System, Log.Now);
        return State.Status != RefundStatus.None;
    }

    public async Task<bool> FailAsync(string reference, string reason)
    {
        await CommitAsync(RefundDecider.Fail(State, reference, reason), System, Log.Now);
        return State.Status != RefundStatus.None;
    }

    protected override RefundState Apply(RefundState state, RefundEvent e, DateTimeOffset at) => state.Apply(e, at);
}
