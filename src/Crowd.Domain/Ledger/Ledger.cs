namespace Crowd.Domain;

/// <summary>Money moving from one account (debited) to another (credited). Immutable; made from events only.</summary>
public sealed record Transfer(string Debit, string Credit, long AmountMicros, Currency Currency, TransferKind Kind, string Reference);

/// <summary>Why money moved.</summary>
public enum TransferKind
{
    /// <summary>A requester paid in.</summary>
    TopUp,

    /// <summary>Put aside for a job.</summary>
    Hold,

    /// <summary>Pay for an accepted answer.</summary>
    Pay,

    /// <summary>The platform's fee on accepted answers.</summary>
    Fee,

    /// <summary>What a job did not spend.</summary>
    Release,

    /// <summary>Put aside to be paid out.</summary>
    PayoutReserved,

    /// <summary>Left through the provider.</summary>
    PayoutPosted,

    /// <summary>Did not leave and came back.</summary>
    PayoutVoided,
}

/// <summary>
/// The accounts. All but the provider's are credit accounts: their balance is credits less debits. The provider's (what lies with the
/// payment provider) is the other way round. Only <see cref="Appeals"/>, what the platform pays for upheld appeals, may be negative.
/// </summary>
public static class Account
{
    /// <summary>Fees earned.</summary>
    public const string Fees = "platform:fees";

    /// <summary>What the platform paid for upheld appeals after a job's escrow went back.</summary>
    public const string Appeals = "platform:appeals";

    /// <summary>Money that lies with the payment provider.</summary>
    public const string Provider = "platform:provider";

    public static string Available(RequesterId requester) => $"requester:{requester.Value}";

    public static string Escrow(JobId job) => $"escrow:{job.Value}";

    public static string Earned(WorkerId worker) => $"worker:{worker.Value}";

    public static string InTransit(PayoutId payout) => $"payout:{payout.Value}";

    /// <summary>Whether the balance (credits less debits) may be negative.</summary>
    public static bool MayBeNegative(string account) => account is Appeals or Provider;
}

/// <summary>Which transfers an event makes. The only place where money moves.</summary>
public static class LedgerRules
{
    /// <summary>The transfers of the event, in a fixed order; most events have none.</summary>
    public static IEnumerable<Transfer> TransfersOf(DomainEvent e) => e switch
    {
        RequesterEvent.ToppedUp t => [new(Account.Provider, Account.Available(t.Requester), t.AmountMicros, t.Currency, TransferKind.TopUp, t.TopUp.Value)],
        RequesterEvent.FundsHeld h => [new(Account.Available(h.Requester), Account.Escrow(h.Job), h.AmountMicros, h.Currency, TransferKind.Hold, h.Hold.Value)],
        TaskEvent.Settled s => OfSettlement(s),
        JobEvent.Closed { ReturnedMicros: > 0 } c => [new(Account.Escrow(c.Job), Account.Available(c.Requester), c.ReturnedMicros, c.Currency, TransferKind.Release, c.Job.Value)],
        JobEvent.HoldReturned h => [new(Account.Escrow(h.Job), Account.Available(h.Requester), h.AmountMicros, h.Currency, TransferKind.Release, h.Hold.Value)],
        WorkerEvent.PayoutRequested p => [new(Account.Earned(p.Worker), Account.InTransit(p.Payout), p.AmountMicros, p.Currency, TransferKind.PayoutReserved, p.Payout.Value)],
        PayoutEvent.Posted p => [new(Account.InTransit(p.Payout), Account.Provider, p.AmountMicros, p.Currency, TransferKind.PayoutPosted, p.Payout.Value)],
        PayoutEvent.Voided p => [new(Account.InTransit(p.Payout), Account.Earned(p.Worker), p.AmountMicros, p.Currency, TransferKind.PayoutVoided, p.Payout.Value)],
        _ => [],
    };

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
