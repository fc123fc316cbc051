using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Events;

/// <summary>Samples of the events of top-ups, refunds, disputes, bonuses, payouts and what the payment provider says.</summary>
internal static class SampleMoney
{
    private static readonly TopUpId TopUp = Id<TopUpId>(1);
    private static readonly RefundId Refund = Id<RefundId>(1);
    private static readonly PayoutId Payout = Id<PayoutId>(1);
    private static readonly Uri Back = new("https://crowd.example/money");

    public static IReadOnlyList<ProviderEvent> Said { get; } =
    [
        new ProviderEvent.TopUpPaid { Id = "evt_1", Type = "checkout.session.completed", At = Now, TopUp = TopUp, Requester = Requester, Payment = "pi_1", Amount = Usd(9) },
        new ProviderEvent.TopUpFailed { Id = "evt_2", Type = "payment_intent.payment_failed", At = Now, TopUp = TopUp, Requester = Requester, Reason = "card declined" },
        new ProviderEvent.TopUpExpired { Id = "evt_3", Type = "checkout.session.expired", At = Now, TopUp = TopUp, Requester = Requester },
        new ProviderEvent.Refunded { Id = "evt_4", Type = "refund.updated", At = Now, Refund = Refund, Payment = "pi_1", Reference = "re_1", Amount = Usd(9) },
        new ProviderEvent.RefundFailed { Id = "evt_5", Type = "refund.failed", At = Now, Refund = Refund, Payment = "pi_1", Reference = "re_1", Amount = Usd(9), Reason = "closed" },
        new ProviderEvent.DisputeOpened { Id = "evt_6", Type = "charge.dispute.created", At = Now, Dispute = "dp_1", Payment = "pi_1", Amount = Usd(9), Reason = "fraudulent" },
        new ProviderEvent.DisputeWon { Id = "evt_7", Type = "charge.dispute.closed", At = Now, Dispute = "dp_1", Payment = "pi_1", Amount = Usd(9) },
        new ProviderEvent.DisputeLost { Id = "evt_8", Type = "charge.dispute.closed", At = Now, Dispute = "dp_1", Payment = "pi_1", Amount = Usd(9) },
        new ProviderEvent.PayeeChanged { Id = "evt_9", Type = "account.updated", At = Now, Payee = "acct_1" },
        new ProviderEvent.PayoutReversed { Id = "evt_10", Type = "transfer.reversed", At = Now, Payout = Payout, Transfer = "tr_1", AmountSoFar = Usd(9), Reason = "by hand" },
        new ProviderEvent.PayoutFailed { Id = "evt_11", Type = "payout.failed", At = Now, Payee = "acct_1", BankPayout = "po_1", Amount = Usd(9), Reason = "account_closed" },
        new ProviderEvent.Other { Id = "evt_12", Type = "customer.created", At = Now },
    ];

    public static IReadOnlyList<DomainEvent> All { get; } =
    [
        new RequesterEvent.RefundRequested { Requester = Requester, Refund = Refund, TopUp = TopUp, Payment = "pi_1", AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.RefundReturned { Requester = Requester, Refund = Refund, AmountMicros = 9, Currency = Currency.Usd, Reason = "closed", Reference = "re_1" },
        new RequesterEvent.DisputeOpened { Requester = Requester, Dispute = "dp_1", TopUp = TopUp, AmountMicros = 9, OwedMicros = 4, Currency = Currency.Usd, Reason = "fraudulent" },
        new RequesterEvent.DisputeWon { Requester = Requester, Dispute = "dp_1", AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.DisputeLost { Requester = Requester, Dispute = "dp_1", AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.DebtRepaid { Requester = Requester, AmountMicros = 4, Currency = Currency.Usd },
        new RequesterEvent.BonusPaid
        {
            Requester = Requester, Bonus = Id<BonusId>(1), Job = Job, Worker = Worker(1), AmountMicros = 9, FeeMicros = 2, Currency = Currency.Usd, Reason = "well done",
        },
        new WorkerEvent.PayeeOpened { Payee = "acct_1", Country = "DE" },
        new WorkerEvent.PayeeChanged { Ready = true, Submitted = true, Reason = "nothing" },
        new WorkerEvent.PayoutsScheduled { Schedule = new(Currency.Usd, 5_000_000, DayOfWeek.Friday) },
        new WorkerEvent.PayoutsUnscheduled(),
        new WorkerEvent.DebtRecovered { Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd },
        new PayoutEvent.RecallStarted { Payout = Payout, Worker = Worker(1), Reason = "account_closed", BankPayout = "po_1" },
        new PayoutEvent.RecallRefused { Payout = Payout, Worker = Worker(1), Reason = "spent" },
        new PayoutEvent.Returned { Payout = Payout, Worker = Worker(1), AmountMicros = 9, Whole = true, Currency = Currency.Usd, Reference = "tr_1", Reason = "account_closed" },
        new PayoutEvent.FoundPaid { Payout = Payout, Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Reference = "tr_1", Reason = "seen in the books" },
        new TopUpEvent.Started { TopUp = TopUp, Requester = Requester, AmountMicros = 9, Currency = Currency.Usd, ReturnTo = Back },
        new TopUpEvent.Pending { TopUp = TopUp, Requester = Requester, AmountMicros = 9, Currency = Currency.Usd, Reference = "cs_1", PayAt = new("https://pay.example/cs_1") },
        new TopUpEvent.Paid { TopUp = TopUp, Requester = Requester, AmountMicros = 9, Currency = Currency.Usd, Payment = "pi_1", AwaitedMicros = 9 },
        new TopUpEvent.Failed { TopUp = TopUp, Requester = Requester, AmountMicros = 9, Currency = Currency.Usd, Reason = "card declined" },
        new TopUpEvent.GivenUp { TopUp = TopUp, Requester = Requester, AmountMicros = 9, Currency = Currency.Usd, Reason = "expired" },
        new RefundEvent.Started { Refund = Refund, Requester = Requester, TopUp = TopUp, AmountMicros = 9, Currency = Currency.Usd, Payment = "pi_1" },
        new RefundEvent.Posted { Refund = Refund, Requester = Requester, TopUp = TopUp, AmountMicros = 9, Currency = Currency.Usd, Reference = "re_1" },
        new RefundEvent.Confirmed { Refund = Refund, Requester = Requester, TopUp = TopUp, AmountMicros = 9, Currency = Currency.Usd },
        new RefundEvent.Voided { Refund = Refund, Requester = Requester, TopUp = TopUp, AmountMicros = 9, Currency = Currency.Usd, Reason = "closed", Reference = "re_1" },
        .. Said.Select(e => new InboxEvent.Received { Provider = "stripe", Event = e, BodyHash = "c0ffee", Fetched = true }),
        new InboxEvent.Processed { EventId = "evt_1", Result = "applied" },
        new MovementSeen { Id = "txn_1", At = Now, Kind = MovementKind.Payment, AmountMicros = 9, FeeMicros = 1, Currency = Currency.Usd, Source = "pi_1" },
    ];
}
