using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;

namespace Crowd.Marketplace.Payments;

/// <inheritdoc cref="IInboxGrain"/>
/// <remarks>Events come in any order: one that is about something not known yet waits, for <see cref="Patience"/> at most, and the keeper tries it again.</remarks>
internal sealed class InboxGrain(EventLog log, IPaymentProvider payments) : EventSourcedGrain<InboxState, InboxEvent>(log), IInboxGrain
{
    /// <summary>How long an event waits for what it is about: after that it is about nothing of ours.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private const string System = "system";
    private const string Applied = "applied";
    private const string NotOurs = "not ours";

    protected override InboxState Initial => new();

    protected override JsonTypeInfo<InboxState> StateJson => DomainJson.Default.InboxState;

    public async Task<bool> ReceiveAsync(ReceivedEvent received, bool fetched)
    {
        if (State.Event is not null)
            return false;
        var message = Encoding.UTF8.GetString(received.Body.Span).Replace("\0", "", StringComparison.Ordinal);
        var e = new InboxEvent.Received
        {
            Provider = payments.Name,
            Event = received.Event,
            BodyHash = Convert.ToHexStringLower(SHA256.HashData(received.Body.Span)),
            Fetched = fetched,
        };
        await CommitAsync([e], payments.Name, Log.Now, [RowChange.Put(MessagesTable.Table, [Stream], MessagesTable.Body.Set(message))]);
        return true;
    }

    public async Task ProcessAsync()
    {
        if (!State.Waiting)
            return;
        var e = State.Event!;
        var result = await FollowAsync(e) ?? (Log.Now - e.At > Patience ? NotOurs : null);
        if (result is not null)
            await CommitAsync([new InboxEvent.Processed { EventId = e.Id, Result = result }], System, Log.Now);
    }

    protected override InboxState Apply(InboxState state, InboxEvent e, DateTimeOffset at) => state.Apply(e);

    /// <summary>Does what follows and says what came of it; null when it is to be tried again.</summary>
    private Task<string?> FollowAsync(ProviderEvent e) => e switch
    {
        ProviderEvent.TopUpPaid t => OurAsync(GrainFactory.GetGrain<ITopUpGrain>(t.TopUp.Value).PaidAsync(t.Payment, t.Amount)),
        ProviderEvent.TopUpFailed t => OurAsync(GrainFactory.GetGrain<ITopUpGrain>(t.TopUp.Value).FailedAsync(t.Reason)),
        ProviderEvent.TopUpExpired t => OurAsync(GrainFactory.GetGrain<ITopUpGrain>(t.TopUp.Value).FailedAsync(null)),
        ProviderEvent.Refunded { Refund: { } refund } r => OurAsync(GrainFactory.GetGrain<IRefundGrain>(refund.Value).ConfirmAsync(r.Reference)),
        ProviderEvent.RefundFailed { Refund: { } refund } r => OurAsync(GrainFactory.GetGrain<IRefundGrain>(refund.Value).FailAsync(r.Reference, r.Reason)),
        ProviderEvent.Refunded r => DisputeAsync(r.Reference, r.Payment, r.Amount, DisputePhase.Lost, "Refunded at the payment provider by hand."),
        ProviderEvent.DisputeOpened d => DisputeAsync(d.Dispute, d.Payment, d.Amount, DisputePhase.Open, d.Reason),
        ProviderEvent.DisputeWon d => DisputeAsync(d.Dispute, d.Payment, d.Amount, DisputePhase.Won, "Disputed."),
        ProviderEvent.DisputeLost d => DisputeAsync(d.Dispute, d.Payment, d.Amount, DisputePhase.Lost, "Disputed."),
        ProviderEvent.PayeeChanged p => RefreshAsync(p.Payee),
        ProviderEvent.PayoutReversed p => OurAsync(GrainFactory.GetGrain<IPayoutGrain>(p.Payout.Value).ReturnAsync(p.Transfer, p.AmountSoFar, p.Reason)),
        ProviderEvent.PayoutFailed p => RecallAsync(p),
        _ => Task.FromResult<string?>("nothing follows"),
    };

    private static async Task<string?> OurAsync(Task<bool> known) => await known ? Applied : NotOurs;

    private async Task<string?> DisputeAsync(string dispute, string payment, Money amount, DisputePhase phase, string reason)
    {
        var rows = await Log.Journal.ReadRowsAsync(new(TopUpsTable.Table) { Where = [("payment", payment)], Limit = 1 }, CancellationToken.None);
        if (rows.Count == 0)
            return null; // it may not have been heard yet that the top-up was paid
        var heard = await GrainFactory.GetGrain<IRequesterGrain>(rows[0].Columns[TopUpsTable.RequesterId].Text)
            .HearDisputeAsync(dispute, TopUpId.From(rows[0].Key[0].Text), amount, phase, reason);
        return heard.Accepted ? Applied : null;
    }

    private async Task<string?> RefreshAsync(string payee)
    {
        var rows = await Log.Journal.ReadRowsAsync(new(WorkersTable.Table) { Where = [("payee", payee)], Limit = 1 }, CancellationToken.None);
        return rows.Count > 0 && await GrainFactory.GetGrain<IWorkerGrain>(rows[0].Key[0].Text).RefreshPayeeAsync() ? Applied : null;
    }

    /// <summary>Takes back what was in a bank payout that failed. The bank's reason is also that the account is not ready any more.</summary>
    private async Task<string?> RecallAsync(ProviderEvent.PayoutFailed failed)
    {
        switch (await payments.PayoutsInAsync(failed.Payee, failed.BankPayout, CancellationToken.None))
        {
            case ProviderAnswer<IReadOnlyList<PayoutId>>.Got got:
                var all = true;
                foreach (var payout in got.Value)
                    all &= await GrainFactory.GetGrain<IPayoutGrain>(payout.Value).RecallAsync(failed.BankPayout, failed.Reason);
                return await RefreshAsync(failed.Payee) is null || !all ? null : Applied;
            case ProviderAnswer<IReadOnlyList<PayoutId>>.Refused refused:
                return $"not taken back: {refused.Reason}";
            default:
                return null;
        }
    }
}
