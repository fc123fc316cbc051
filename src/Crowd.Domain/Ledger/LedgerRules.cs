namespace Crowd.Domain;

/// <summary>Which transfers an event makes. The only place where money moves.</summary>
public static class LedgerRules
{
    /// <summary>The transfers of the event, in a fixed order; most events have none.</summary>
    public static IEnumerable<Transfer> TransfersOf(DomainEvent e) => e switch
    {
        TaskEvent.Settled s => OfSettlement(s),
        RequesterEvent.FundsHeld h => [new(Account.Available(h.Requester), Account.Escrow(h.Job), h.AmountMicros, h.Currency, TransferKind.Hold, h.Hold.Value)],
        JobEvent.Closed { ReturnedMicros: > 0 } c => [new(Account.Escrow(c.Job), Account.Available(c.Requester), c.ReturnedMicros, c.Currency, TransferKind.Release, c.Job.Value)],
        JobEvent.HoldReturned h => [new(Account.Escrow(h.Job), Account.Available(h.Requester), h.AmountMicros, h.Currency, TransferKind.Release, h.Hold.Value)],
        WorkerEvent.PayoutRequested p => [new(Account.Earned(p.Worker), Account.InTransit(p.Payout), p.AmountMicros, p.Currency, TransferKind.PayoutReserved, p.Payout.Value)],
        WorkerEvent.DebtRecovered d => [new(Account.Earned(d.Worker), Account.Owed(d.Worker), d.AmountMicros, d.Currency, TransferKind.DebtRepaid, d.Worker.Value)],
        RequesterEvent.BonusPaid b => OfBonus(b),
        RequesterEvent requester => OfFunds(requester),
        RefundEvent.Posted r => [new(Account.InTransit(r.Refund), Account.Provider, r.AmountMicros, r.Currency, TransferKind.RefundPosted, r.Refund.Value) { Source = r.Reference }],
        PayoutEvent payout => OfPayout(payout),
        MovementSeen seen => OfMovement(seen),
        _ => [],
    };

    /// <summary>What the event changes in money that is on its way.</summary>
    public static Pending? PendingOf(DomainEvent e) => e switch
    {
        TopUpEvent.Started t => new(Account.Available(t.Requester), t.Currency, t.AmountMicros, 0),
        TopUpEvent.Paid { AwaitedMicros: > 0 } t => new(Account.Available(t.Requester), t.Currency, -t.AwaitedMicros, 0),
        TopUpEvent.GivenUp t => new(Account.Available(t.Requester), t.Currency, -t.AmountMicros, 0),
        RequesterEvent.RefundRequested r => new(Account.Available(r.Requester), r.Currency, 0, r.AmountMicros),
        RefundEvent.Posted r => new(Account.Available(r.Requester), r.Currency, 0, -r.AmountMicros),
        RefundEvent.Voided { Reference: null } r => new(Account.Available(r.Requester), r.Currency, 0, -r.AmountMicros),
        WorkerEvent.PayoutRequested p => new(Account.Earned(p.Worker), p.Currency, 0, p.AmountMicros),
        PayoutEvent.Posted p => new(Account.Earned(p.Worker), p.Currency, 0, -p.AmountMicros),
        PayoutEvent.Voided p => new(Account.Earned(p.Worker), p.Currency, 0, -p.AmountMicros),
        _ => null,
    };

    private static IEnumerable<Transfer> OfFunds(RequesterEvent e)
    {
        switch (e)
        {
            case RequesterEvent.ToppedUp t:
                yield return new(Account.Provider, Account.Available(t.Requester), t.AmountMicros, t.Currency, TransferKind.TopUp, t.TopUp.Value) { Source = t.Payment };
                break;
            case RequesterEvent.RefundRequested r:
                yield return new(Account.Available(r.Requester), Account.InTransit(r.Refund), r.AmountMicros, r.Currency, TransferKind.RefundReserved, r.Refund.Value);
                break;
            case RequesterEvent.RefundReturned r:
                var from = r.Reference is null ? Account.InTransit(r.Refund) : Account.Provider;
                yield return new(from, Account.Available(r.Requester), r.AmountMicros, r.Currency, TransferKind.RefundVoided, r.Refund.Value) { Source = r.Reference };
                break;
            case RequesterEvent.DisputeOpened d:
                if (d.AmountMicros > d.OwedMicros)
                    yield return new(Account.Available(d.Requester), Account.Disputed(d.Dispute), d.AmountMicros - d.OwedMicros, d.Currency, TransferKind.DisputeHeld, d.TopUp.Value);
                if (d.OwedMicros > 0)
                    yield return new(Account.Owed(d.Requester), Account.Disputed(d.Dispute), d.OwedMicros, d.Currency, TransferKind.DisputeHeld, d.TopUp.Value);
                yield return new(Account.InDispute, Account.Provider, d.AmountMicros, d.Currency, TransferKind.DisputeTaken, d.TopUp.Value) { Source = d.Dispute };
                break;
            case RequesterEvent.DisputeWon d:
                yield return new(Account.Disputed(d.Dispute), Account.Available(d.Requester), d.AmountMicros, d.Currency, TransferKind.DisputeWon, d.Dispute);
                yield return new(Account.Provider, Account.InDispute, d.AmountMicros, d.Currency, TransferKind.DisputeWon, d.Dispute) { Source = d.Dispute };
                break;
            case RequesterEvent.DisputeLost d:
                yield return new(Account.Disputed(d.Dispute), Account.InDispute, d.AmountMicros, d.Currency, TransferKind.DisputeLost, d.Dispute);
                break;
            case RequesterEvent.DebtRepaid d:
                yield return new(Account.Available(d.Requester), Account.Owed(d.Requester), d.AmountMicros, d.Currency, TransferKind.DebtRepaid, d.Requester.Value);
                break;
        }
    }

    private static IEnumerable<Transfer> OfBonus(RequesterEvent.BonusPaid b)
    {
        yield return new(Account.Available(b.Requester), Account.Earned(b.Worker), b.AmountMicros, b.Currency, TransferKind.Bonus, b.Bonus.Value);
        if (b.FeeMicros > 0)
            yield return new(Account.Available(b.Requester), Account.Fees, b.FeeMicros, b.Currency, TransferKind.Fee, b.Bonus.Value);
    }

    private static IEnumerable<Transfer> OfPayout(PayoutEvent e) => e switch
    {
        PayoutEvent.Posted p => [new(Account.InTransit(p.Payout), Account.Provider, p.AmountMicros, p.Currency, TransferKind.PayoutPosted, p.Payout.Value) { Source = p.Reference }],
        PayoutEvent.Voided p => [new(Account.InTransit(p.Payout), Account.Earned(p.Worker), p.AmountMicros, p.Currency, TransferKind.PayoutVoided, p.Payout.Value)],
        PayoutEvent.Returned p => [new(Account.Provider, Account.Earned(p.Worker), p.AmountMicros, p.Currency, TransferKind.PayoutReturned, p.Payout.Value) { Source = p.Reference }],
        PayoutEvent.FoundPaid p => [new(Account.Owed(p.Worker), Account.Provider, p.AmountMicros, p.Currency, TransferKind.PayoutFound, p.Payout.Value) { Source = p.Reference }],
        _ => [],
    };

    /// <summary>The provider's fees, and what the platform moves itself: all else in the provider's books has an event of its own here.</summary>
    private static IEnumerable<Transfer> OfMovement(MovementSeen seen)
    {
        var own = seen.Kind switch { MovementKind.Platform => Account.Owner, MovementKind.Fee => Account.Processing, _ => null };
        var kind = seen.Kind == MovementKind.Platform ? TransferKind.Platform : TransferKind.ProviderFee;
        if (own is not null && seen.AmountMicros != 0)
            yield return ToProvider(own, seen.AmountMicros, kind, seen);
        if (seen.FeeMicros != 0)
            yield return ToProvider(Account.Processing, -seen.FeeMicros, TransferKind.ProviderFee, seen);
    }

    private static Transfer ToProvider(string other, long micros, TransferKind kind, MovementSeen seen) => micros > 0
        ? new(Account.Provider, other, micros, seen.Currency, kind, seen.Id)
        : new(other, Account.Provider, -micros, seen.Currency, kind, seen.Id);

    private static IEnumerable<Transfer> OfSettlement(TaskEvent.Settled settled)
    {
        var escrowFees = 0L;
        foreach (var one in settled.Settlements)
        {
            if (!one.Accepted)
                continue;
            var from = one.PaidByPlatform ? Account.Appeals : Account.Escrow(settled.Job);
            if (one.PayMicros > 0)
                yield return new(from, Account.Earned(one.Worker), one.PayMicros, settled.Currency, TransferKind.Pay, one.Assignment.Value);
            if (!one.PaidByPlatform) // the platform owes itself no fee on what it pays
                escrowFees = checked(escrowFees + one.FeeMicros);
        }

        if (escrowFees > 0)
            yield return new(Account.Escrow(settled.Job), Account.Fees, escrowFees, settled.Currency, TransferKind.Fee, settled.Settlements[0].Assignment.Value);
    }
}
