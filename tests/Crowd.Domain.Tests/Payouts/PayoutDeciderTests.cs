using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Payouts;

public class PayoutDeciderTests
{
    private static readonly PayoutId Payout = Id<PayoutId>(1);
    private static readonly PayoutState None = new();
    private static readonly PayoutState Started = None.Apply(Assert.Single(PayoutDecider.Start(None, Payout, Worker(1), Usd(500))), Now);
    private static readonly PaymentOutcome Done = new PaymentOutcome.Done("tr_1");
    private static readonly PaymentOutcome No = new PaymentOutcome.Refused("closed account");
    private static readonly PaymentOutcome Unknown = new PaymentOutcome.Unknown("timeout");

    [Fact]
    public void A_payout_starts_once()
    {
        Assert.Equal((PayoutStatus.Started, Worker(1), Usd(500)), (Started.Status, Started.Worker, Started.Amount));
        Assert.Empty(PayoutDecider.Start(Started, Payout, Worker(1), Usd(500)));
        Assert.Empty(PayoutDecider.Start(Posted(), Payout, Worker(1), Usd(500)));
        Assert.Empty(PayoutDecider.Start(Voided(), Payout, Worker(1), Usd(500)));
    }

    [Fact]
    public void Done_posts_what_was_started()
    {
        var posted = Assert.IsType<PayoutEvent.Posted>(Assert.Single(PayoutDecider.Conclude(Started, Payout, Done)));
        Assert.Equal((Payout, Worker(1), 500, Currency.Usd, "tr_1"), (posted.Payout, posted.Worker, posted.AmountMicros, posted.Currency, posted.Reference));
        Assert.Equal((PayoutStatus.Posted, "tr_1"), (Posted().Status, Posted().Reference));
    }

    [Fact]
    public void Refused_gives_back_what_was_started()
    {
        var voided = Assert.IsType<PayoutEvent.Voided>(Assert.Single(PayoutDecider.Conclude(Started, Payout, No)));
        Assert.Equal((Payout, Worker(1), 500, Currency.Usd, "closed account"), (voided.Payout, voided.Worker, voided.AmountMicros, voided.Currency, voided.Reason));
        Assert.Equal(PayoutStatus.Voided, Voided().Status);
    }

    [Fact]
    public void An_unknown_outcome_changes_nothing() => Assert.Empty(PayoutDecider.Conclude(Started, Payout, Unknown));

    [Fact]
    public void After_its_end_nothing_concludes_it_again() =>
        Assert.All(new[] { None, Posted(), Voided() }, state => Assert.All(new[] { Done, No, Unknown }, outcome => Assert.Empty(PayoutDecider.Conclude(state, Payout, outcome))));

    [Fact]
    public void What_comes_back_counts_once_by_how_much_has_come_back_so_far()
    {
        var state = Posted();
        foreach (var (soFar, back) in new[] { (200L, 200L), (200, 0), (100, 0), (350, 150), (900, 150), (500, 0) })
        {
            var events = PayoutDecider.Return(state, Payout, "tr_1", Usd(soFar), "reversed");
            Assert.Equal(back, events.Sum(e => Assert.IsType<PayoutEvent.Returned>(e).AmountMicros));
            state = events.Aggregate(state, (s, e) => s.Apply(e, Now));
        }

        Assert.Equal(0, state.Rest.Micros);
    }

    [Fact]
    public void Money_that_comes_back_of_a_payout_of_unknown_outcome_says_that_it_has_left()
    {
        var events = PayoutDecider.Return(Started, Payout, "tr_1", Usd(500), "reversed");
        Assert.Equal("tr_1", Assert.IsType<PayoutEvent.Posted>(events[0]).Reference);
        Assert.True(Assert.IsType<PayoutEvent.Returned>(events[1]).Whole);
        Assert.Empty(PayoutDecider.Return(None, Payout, "tr_1", Usd(500), "reversed"));
        Assert.Empty(PayoutDecider.Return(Voided(), Payout, "tr_1", Usd(500), "reversed"));
    }

    [Fact]
    public void A_payout_is_taken_back_once_for_each_bank_payout_that_failed()
    {
        var recalled = Posted().Apply(Assert.Single(PayoutDecider.Recall(Posted(), Payout, "po_1", "account_closed")), Now);
        Assert.Empty(PayoutDecider.Recall(recalled, Payout, "po_1", "account_closed"));
        Assert.Empty(PayoutDecider.ConcludeRecall(recalled, Payout, Unknown));
        var returned = Assert.IsType<PayoutEvent.Returned>(Assert.Single(PayoutDecider.ConcludeRecall(recalled, Payout, Done)));
        Assert.Equal((500, true, "account_closed"), (returned.AmountMicros, returned.Whole, returned.Reason));
        var back = recalled.Apply(returned, Now);
        Assert.Empty(PayoutDecider.ConcludeRecall(back, Payout, Done));
        Assert.Empty(PayoutDecider.Return(back, Payout, "tr_1", Usd(500), "its own event"));
        Assert.Empty(PayoutDecider.Recall(Started, Payout, "po_1", "account_closed"));
    }

    [Fact]
    public void A_recall_that_is_refused_may_follow_another_bank_payout()
    {
        var recalled = Posted().Apply(PayoutDecider.Recall(Posted(), Payout, "po_1", "account_closed")[0], Now);
        var refused = recalled.Apply(Assert.IsType<PayoutEvent.RecallRefused>(Assert.Single(PayoutDecider.ConcludeRecall(recalled, Payout, No))), Now);
        Assert.Empty(PayoutDecider.Recall(refused, Payout, "po_1", "account_closed"));
        Assert.Single(PayoutDecider.Recall(refused, Payout, "po_2", "account_closed"));
    }

    [Fact]
    public void Only_what_was_voided_can_be_found_to_have_left_and_is_owed_then()
    {
        PayoutEvent found = Only<PayoutEvent.FoundPaid, PayoutEvent>(PayoutDecider.Find(Voided(), Payout, "tr_9", "seen"));
        Assert.Equal(new(Account.Owed(Worker(1)), Account.Provider, 500, Currency.Usd, TransferKind.PayoutFound, Payout.Value) { Source = "tr_9" }, Assert.Single(LedgerRules.TransfersOf(found)));
        Nothing(PayoutDecider.Find(Voided().Apply(found, Now), Payout, "tr_9", "seen"));
        Refused(RejectionCode.Invalid, PayoutDecider.Find(Posted(), Payout, "tr_9", "seen"));
        Refused(RejectionCode.Invalid, PayoutDecider.Find(Started, Payout, "tr_9", "seen"));
        Refused(RejectionCode.NotFound, PayoutDecider.Find(None, Payout, "tr_9", "seen"));
    }

    private static PayoutState Posted() => Started.Apply(PayoutDecider.Conclude(Started, Payout, Done)[0], Now);

    private static PayoutState Voided() => Started.Apply(PayoutDecider.Conclude(Started, Payout, No)[0], Now);
}
