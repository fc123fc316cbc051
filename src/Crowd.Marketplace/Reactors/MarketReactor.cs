using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;

namespace Crowd.Marketplace.Reactors;

/// <summary>
/// What follows from committed events in other grains. It is given every event of the log at least once, in order; whatever it calls may be
/// called twice without harm.
/// </summary>
public sealed partial class MarketReactor(IGrainFactory grains, IJournal journal)
{
    /// <summary>The follower's name, under which it keeps how far it has come.</summary>
    public const string Name = "market";

    private const string System = "system";

    private readonly DebtPause _debts = new(grains, journal);

    /// <summary>Handles the events; throws when one could not be, and is given them again.</summary>
    public async Task HandleAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        foreach (var stored in events)
        {
            if (Concerns(stored.Type) || ConcernsLoop(stored))
                await HandleAsync(stored, EventTypes.Read(stored.Type, stored.Data.Span), cancellationToken);
        }

        await AskPeopleAsync(events, cancellationToken);
    }

    private static bool Concerns(string type) => type is "requester.funds-held" or "job.closing" or "job.closed" or "job.hold-returned" or "worker.payout-requested"
        or "payout.posted" or "payout.voided" or "top-up.paid" or "requester.refund-requested" or "refund.voided" or "requester.dispute-opened" or "job.opened" or "inbox.received" or "worker.reliability-overridden" or "worker.reliability-override-cleared"
        or "task.made-gold" or "task.gold-retired";

    private Task HandleAsync(StoredEvent stored, DomainEvent e, CancellationToken cancellationToken) => e switch
    {
        RequesterEvent.FundsHeld h => grains.GetGrain<IJobGrain>(h.Job.Value).ReceiveFundsAsync(h.Hold, h.AmountMicros, System),
        JobEvent.Closing => grains.GetGrain<IJobGrain>(stored.Stream).WakeAsync(),
        JobEvent.Closed { ReturnedMicros: > 0 } c => grains.GetGrain<IRequesterGrain>(c.Requester.Value).ReturnFundsAsync(c.Job, new(c.ReturnedMicros, c.Currency), null),
        JobEvent.HoldReturned h => grains.GetGrain<IRequesterGrain>(h.Requester.Value).ReturnFundsAsync(h.Job, new(h.AmountMicros, h.Currency), h.Hold),
        WorkerEvent.PayoutRequested p => grains.GetGrain<IPayoutGrain>(p.Payout.Value).SendAsync(p.Worker, new(p.AmountMicros, p.Currency), p.Payee),
        PayoutEvent.Posted p => grains.GetGrain<IWorkerGrain>(p.Worker.Value).EndPayoutAsync(p.Payout, paid: true),
        PayoutEvent.Voided p => grains.GetGrain<IWorkerGrain>(p.Worker.Value).EndPayoutAsync(p.Payout, paid: false),
        TopUpEvent.Paid t => grains.GetGrain<IRequesterGrain>(t.Requester.Value).CreditAsync(t.TopUp, new(t.AmountMicros, t.Currency), t.Payment),
        RequesterEvent.RefundRequested r => grains.GetGrain<IRefundGrain>(r.Refund.Value).SendAsync(r.Requester, r.TopUp, r.Payment, new(r.AmountMicros, r.Currency)),
        RefundEvent.Voided r => grains.GetGrain<IRequesterGrain>(r.Requester.Value).ReturnRefundAsync(r.Refund, r.Reason, r.Reference),
        RequesterEvent.DisputeOpened { OwedMicros: > 0 } d => _debts.PauseAsync(d.Requester, cancellationToken),
        JobEvent.Opened => _debts.PauseAsync(JobId.From(stored.Stream), cancellationToken),
        InboxEvent.Received => grains.GetGrain<IInboxGrain>(stored.Stream).ProcessAsync(),
        TaskEvent.MadeGold g => grains.GetGrain<IJobGrain>(g.Job.Value).GoldChangedAsync(TaskId.From(stored.Stream)),
        TaskEvent.GoldRetired g => grains.GetGrain<IJobGrain>(g.Job.Value).GoldChangedAsync(TaskId.From(stored.Stream)),
        WorkerEvent.ReliabilityOverridden o => OverrideAsync(WorkerId.From(stored.Stream), o.Job, cancellationToken),
        WorkerEvent.ReliabilityOverrideCleared c => OverrideAsync(WorkerId.From(stored.Stream), c.Job, cancellationToken),
        _ => HandleLoopAsync(stored, e),
    };

    /// <summary>Tells the consensus of the job, or of every job the worker answered on.</summary>
    private async Task OverrideAsync(WorkerId worker, JobId? job, CancellationToken cancellationToken)
    {
        if (job is { } one)
        {
            await grains.GetGrain<IConsensusGrain>(one.Value).OverrideAsync(worker);
            return;
        }

        const int Page = 1_000;
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(
                new(ReliabilityTable.Table) { Where = [("worker_id", worker.Value)], After = after, Limit = Page }, cancellationToken);
            foreach (var row in rows)
                await grains.GetGrain<IConsensusGrain>(row.Key[0].Text).OverrideAsync(worker);
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }
}
