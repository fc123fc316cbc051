using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Payouts;

public class PayoutDeciderTests
{
    private static readonly PayoutId Payout = Id<PayoutId>(1);
    private static readonly PayoutState None = new();
    private static readonly PayoutState Started = None.Apply(Assert.Single(PayoutDecider.Start(None, Payout, Worker(1), Usd(500))), Now);
    private static readonly PaymentOutcome Done = new PaymentOutcome.Done("tr_1");
    private static readonly PaymentOutcome Refused = new PaymentOutcome.Refused("closed account");
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
        var voided = Assert.IsType<PayoutEvent.Voided>(Assert.Single(PayoutDecider.Conclude(Started, Payout, Refused)));
        Assert.Equal((Payout, Worker(1), 500, Currency.Usd, "closed account"), (voided.Payout, voided.Worker, voided.AmountMicros, voided.Currency, voided.Reason));
        Assert.Equal(PayoutStatus.Voided, Voided().Status);
    }

    [Fact]
    public void An_unknown_outcome_changes_nothing() => Assert.Empty(PayoutDecider.Conclude(Started, Payout, Unknown));

    [Fact]
    public void After_its_end_nothing_concludes_it_again() =>
        Assert.All(new[] { None, Posted(), Voided() }, state => Assert.All(new[] { Done, Refused, Unknown }, outcome => Assert.Empty(PayoutDecider.Conclude(state, Payout, outcome))));

    private static PayoutState Posted() => Started.Apply(PayoutDecider.Conclude(Started, Payout, Done)[0], Now);

    private static PayoutState Voided() => Started.Apply(PayoutDecider.Conclude(Started, Payout, Refused)[0], Now);
}
