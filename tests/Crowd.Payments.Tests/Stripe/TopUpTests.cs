using Crowd.Domain;
using Crowd.StandIn;

namespace Crowd.Payments.Tests.Stripe;

public sealed class TopUpTests : IDisposable
{
    private readonly StripeStory _story = new(feeBasisPoints: 290);

    public static TheoryData<StandInFault> Faults => [.. Enum.GetValues<StandInFault>()];

    [Fact]
    public async Task A_top_up_waits_for_a_person_and_is_paid_with_the_ids_and_the_amount()
    {
        var pending = Assert.IsType<PaymentOutcome.Pending>(await CollectAsync());
        Assert.StartsWith("https://checkout.stripe.com/", pending.PayAt!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(pending, await CollectAsync());
        Assert.Single(_story.StandIn.All("checkout.session"));

        var payment = _story.StandIn.Pay(pending.Reference);
        var paid = _story.Events().OfType<ProviderEvent.TopUpPaid>().ToList();
        Assert.Equal(["checkout.session.completed", "payment_intent.succeeded"], paid.Select(p => p.Type).Order(StringComparer.Ordinal));
        Assert.All(paid, p => Assert.Equal((StripeStory.TopUp(1), StripeStory.Requester, payment, StripeStory.Usd(5_000)), (p.TopUp, p.Requester, p.Payment, p.Amount)));
        Assert.Equal(5_000 - 145, _story.StandIn.Books.Balance(StandInBooks.Platform, "usd"));
    }

    [Fact]
    public async Task A_declined_card_can_be_followed_by_another()
    {
        var session = Assert.IsType<PaymentOutcome.Pending>(await CollectAsync()).Reference;
        _story.StandIn.Decline(session);
        var failed = Assert.Single(_story.Events().OfType<ProviderEvent.TopUpFailed>());
        Assert.Equal((StripeStory.TopUp(1), "card_declined/insufficient_funds: Your card was declined."), (failed.TopUp, failed.Reason));
        _story.StandIn.Pay(session);
        Assert.NotEmpty(_story.Events().OfType<ProviderEvent.TopUpPaid>());
    }

    [Fact]
    public async Task A_session_that_nobody_pays_expires()
    {
        _story.StandIn.Expire(Assert.IsType<PaymentOutcome.Pending>(await CollectAsync()).Reference);
        Assert.Equal(StripeStory.TopUp(1), Assert.Single(_story.Events().OfType<ProviderEvent.TopUpExpired>()).TopUp);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_there_is_one_session(StandInFault fault)
    {
        var first = _story.Now;
        _story.Options.Fault = StandInFaults.Then(fault, fault);
        PaymentOutcome outcome;
        var asked = 0;
        do
            outcome = await _story.Provider.CollectAsync(StripeStory.TopUp(1), StripeStory.Requester, StripeStory.Usd(5_000), StripeStory.Back, first, default);
        while (outcome is PaymentOutcome.Unknown && ++asked < 5);
        // A fault that Stripe remembers is repeated as long as the key is; then the person asks for another top-up.
        if (fault is StandInFault.ErrorBefore or StandInFault.ErrorAfter)
            Assert.IsType<PaymentOutcome.Unknown>(outcome);
        else
            Assert.IsType<PaymentOutcome.Pending>(outcome);
        Assert.Equal(fault == StandInFault.ErrorBefore ? 0 : 1, _story.StandIn.All("checkout.session").Count);
    }

    [Fact]
    public async Task After_the_key_is_forgotten_no_second_session_is_opened()
    {
        var first = _story.Now;
        await CollectAsync();
        _story.Time.Advance(TimeSpan.FromHours(30));
        var outcome = await _story.Provider.CollectAsync(StripeStory.TopUp(1), StripeStory.Requester, StripeStory.Usd(5_000), StripeStory.Back, first, default);
        Assert.StartsWith("session_expired: ", Assert.IsType<PaymentOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Single(_story.StandIn.All("checkout.session"));
    }

    [Fact]
    public async Task A_refund_goes_back_once_and_is_told()
    {
        var payment = await _story.FundAsync(5_000);
        _story.Events();
        var done = Assert.IsType<PaymentOutcome.Done>(await RefundAsync(payment, 2_000));
        Assert.Equal(done, await RefundAsync(payment, 2_000));
        var refunded = Assert.Single(_story.Events().OfType<ProviderEvent.Refunded>());
        Assert.Equal((StripeStory.Refund(1), payment, done.Reference, StripeStory.Usd(2_000)), (refunded.Refund!.Value, refunded.Payment, refunded.Reference, refunded.Amount));
        Assert.StartsWith("amount_too_large: ", Assert.IsType<PaymentOutcome.Refused>(await RefundAsync(payment, 4_000, 2)).Reason, StringComparison.Ordinal);
        _story.StandIn.FailRefund(done.Reference);
        var failed = Assert.Single(_story.Events().OfType<ProviderEvent.RefundFailed>());
        Assert.Equal((done.Reference, "expired_or_canceled_card"), (failed.Reference, failed.Reason));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_a_refund_leaves_once(StandInFault fault)
    {
        var payment = await _story.FundAsync(5_000);
        var first = _story.Now;
        _story.Options.Fault = StandInFaults.Then(fault, fault);
        PaymentOutcome outcome;
        var asked = 0;
        do
        {
            outcome = await _story.Provider.RefundAsync(StripeStory.Refund(1), StripeStory.TopUp(1), payment, StripeStory.Usd(2_000), first, default);
            _story.Time.Advance(TimeSpan.FromHours(5));
        }
        while (outcome is PaymentOutcome.Unknown && ++asked < 10);
        Assert.IsType<PaymentOutcome.Done>(outcome);
        Assert.Single(_story.StandIn.All("refund"));
    }

    [Fact]
    public async Task A_dispute_takes_the_money_and_brings_it_back_when_it_is_won()
    {
        var (first, second) = (await _story.FundAsync(5_000, 1), await _story.FundAsync(3_000, 2));
        _story.Events();
        var (won, lost) = (_story.StandIn.OpenDispute(first), _story.StandIn.OpenDispute(second));
        Assert.Equal([won, lost], _story.Events().OfType<ProviderEvent.DisputeOpened>().Select(d => d.Dispute).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        _story.StandIn.CloseDispute(won, won: true);
        _story.StandIn.CloseDispute(lost, won: false);
        var events = _story.Events();
        Assert.All(events.OfType<ProviderEvent.DisputeWon>(), d => Assert.Equal((won, first, StripeStory.Usd(5_000)), (d.Dispute, d.Payment, d.Amount)));
        Assert.NotEmpty(events.OfType<ProviderEvent.DisputeWon>());
        var gone = Assert.Single(events.OfType<ProviderEvent.DisputeLost>());
        Assert.Equal((lost, second, StripeStory.Usd(3_000)), (gone.Dispute, gone.Payment, gone.Amount));
    }

    public void Dispose() => _story.Dispose();

    private Task<PaymentOutcome> CollectAsync() =>
        _story.Provider.CollectAsync(StripeStory.TopUp(1), StripeStory.Requester, StripeStory.Usd(5_000), StripeStory.Back, _story.Now, default);

    private Task<PaymentOutcome> RefundAsync(string payment, long cents, int refund = 1) =>
        _story.Provider.RefundAsync(StripeStory.Refund(refund), StripeStory.TopUp(1), payment, StripeStory.Usd(cents), _story.Now, default);
}
