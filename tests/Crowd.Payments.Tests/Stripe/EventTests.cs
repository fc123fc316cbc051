using System.Text;
using Crowd.Domain;
using Crowd.StandIn;

namespace Crowd.Payments.Tests.Stripe;

public sealed class EventTests : IDisposable
{
    private const string TopUpMetadata = "\"metadata\":{\"top_up\":\"top_00000000000000000000000001\",\"requester\":\"req_00000000000000000000000001\"}";

    private readonly StripeStory _story = new();

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "payment_intent.succeeded", """{"id":"pi_1","status":"succeeded","amount":500,"amount_received":500,"currency":"jpy",META}""", "TopUpPaid" },
        { "payment_intent.payment_failed", """{"id":"pi_1","status":"requires_payment_method","amount":500,"amount_received":0,"currency":"usd",META}""", "TopUpFailed" },
        { "checkout.session.completed", """{"id":"cs_1","payment_status":"paid","payment_intent":"pi_1","amount_total":500,"currency":"usd","expires_at":1,META}""", "TopUpPaid" },
        { "checkout.session.async_payment_succeeded", """{"id":"cs_1","payment_status":"paid","payment_intent":{"id":"pi_1"},"amount_total":500,"currency":"usd",META}""", "TopUpPaid" },
        { "checkout.session.completed", """{"id":"cs_1","payment_status":"unpaid","payment_intent":"pi_1","amount_total":500,"currency":"usd",META}""", "Other" },
        { "checkout.session.async_payment_failed", """{"id":"cs_1","payment_status":"unpaid","payment_intent":"pi_1",META}""", "TopUpFailed" },
        { "checkout.session.expired", """{"id":"cs_1","payment_status":"unpaid",META}""", "TopUpExpired" },
        { "checkout.session.expired", """{"id":"cs_1","payment_status":"unpaid","metadata":{}}""", "Other" },
        { "payment_intent.succeeded", """{"id":"pi_1","status":"succeeded","amount":500,"amount_received":500,"currency":"usd","metadata":{"top_up":"not one of ours"}}""", "Other" },
        { "refund.created", """{"id":"re_1","status":"succeeded","amount":500,"currency":"usd","payment_intent":"pi_1","metadata":{}}""", "Refunded" },
        { "refund.updated", """{"id":"re_1","status":"pending","amount":500,"currency":"usd","payment_intent":"pi_1","metadata":{}}""", "Other" },
        { "refund.updated", """{"id":"re_1","status":"canceled","amount":500,"currency":"usd","payment_intent":"pi_1","metadata":null}""", "RefundFailed" },
        { "refund.failed", """{"id":"re_1","status":"failed","amount":500,"currency":"usd","payment_intent":"pi_1","failure_reason":"unknown"}""", "RefundFailed" },
        { "refund.failed", """{"id":"re_1","status":"failed","amount":500,"currency":"usd","payment_intent":null}""", "Other" },
        { "charge.dispute.created", """{"id":"dp_1","amount":500,"currency":"usd","status":"needs_response","payment_intent":"pi_1"}""", "DisputeOpened" },
        { "charge.dispute.created", """{"id":"dp_1","amount":500,"currency":"usd","status":"warning_needs_response","payment_intent":"pi_1"}""", "Other" },
        { "charge.dispute.funds_withdrawn", """{"id":"dp_1","amount":500,"currency":"usd","status":"under_review","payment_intent":"pi_1"}""", "DisputeOpened" },
        { "charge.dispute.funds_reinstated", """{"id":"dp_1","amount":500,"currency":"usd","status":"won","payment_intent":"pi_1"}""", "DisputeWon" },
        { "charge.dispute.closed", """{"id":"dp_1","amount":500,"currency":"usd","status":"won","payment_intent":"pi_1"}""", "DisputeWon" },
        { "charge.dispute.closed", """{"id":"dp_1","amount":500,"currency":"usd","status":"lost","payment_intent":"pi_1"}""", "DisputeLost" },
        { "charge.dispute.closed", """{"id":"dp_1","amount":500,"currency":"usd","status":"warning_closed","payment_intent":"pi_1"}""", "Other" },
        { "transfer.reversed", """{"id":"tr_1","amount":500,"amount_reversed":200,"currency":"usd","transfer_group":"pay_00000000000000000000000001"}""", "PayoutReversed" },
        { "transfer.reversed", """{"id":"tr_1","amount":500,"amount_reversed":200,"currency":"usd","transfer_group":null}""", "Other" },
        { "account.updated", """{"id":"acct_1","payouts_enabled":true}""", "PayeeChanged" },
        { "account.application.deauthorized", """{"id":"ca_1"}""", "PayeeChanged" },
        { "capability.updated", """{"id":"transfers"}""", "PayeeChanged" },
        { "payout.failed", """{"id":"po_1","amount":500,"currency":"usd","status":"failed","failure_code":"no_account"}""", "PayoutFailed" },
        { "payout.canceled", """{"id":"po_1","amount":500,"currency":"usd","status":"canceled"}""", "PayoutFailed" },
        { "customer.created", """{"id":"cus_1"}""", "Other" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_has_its_meaning(string type, string subject, string meaning)
    {
        var read = StripeEvents.Read(Raw(type, subject.Replace("META", TopUpMetadata, StringComparison.Ordinal)))!;
        Assert.Equal((meaning, "evt_1", type, DateTimeOffset.FromUnixTimeSeconds(1_793_610_000)), (read.GetType().Name, read.Id, read.Type, read.At));
    }

    [Fact]
    public void Every_kind_that_is_subscribed_to_has_a_meaning()
    {
        var meant = Kinds.Where(k => (string)k[2] != "Other").Select(k => (string)k[0]).Distinct(StringComparer.Ordinal);
        Assert.Equal(StripeEvents.Followed.Order(StringComparer.Ordinal), meant.Order(StringComparer.Ordinal));
        Assert.InRange(StripeEvents.Followed.Length, 1, 20);
    }

    [Fact]
    public void Amounts_are_read_by_the_currency()
    {
        var paid = (ProviderEvent.TopUpPaid)StripeEvents.Read(Raw(
            "payment_intent.succeeded", $$"""{"id":"pi_1","status":"succeeded","amount":500,"amount_received":500,"currency":"jpy",{{TopUpMetadata}}}"""))!;
        Assert.Equal("500 JPY", paid.Amount.ToString());
    }

    [Fact]
    public async Task Missed_events_are_found_in_pages_with_their_bodies()
    {
        _story.StandIn.Webhooks.Never = 1;
        for (var i = 1; i <= 80; i++)
            await _story.FundAsync(1_000 + i, i);
        Assert.Equal(0, _story.StandIn.Webhooks.Waiting);

        var events = new List<ReceivedEvent>();
        string? after = null;
        var pages = 0;
        do
        {
            var page = await _story.Provider.ListEventsAsync(_story.Now.AddHours(-1), null, after, default);
            events.AddRange(page.Items);
            after = page.Next;
            pages++;
        }
        while (after is not null);
        // Two that are followed of each of the 80; what is not followed is not asked for.
        Assert.Equal((160, 2), (events.Count, pages));
        Assert.Equal(160, events.Select(e => e.Event.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(events, e => Assert.Equal(e.Event, StripeEvents.Read(e.Body.Span)));
        Assert.Equal(80, events.Select(e => e.Event).OfType<ProviderEvent.TopUpPaid>().Select(p => p.TopUp).Distinct().Count());
        Assert.Empty((await _story.Provider.ListEventsAsync(_story.Now.AddHours(1), null, null, default)).Items);
    }

    [Fact]
    public async Task The_events_of_an_account_are_listed_apart()
    {
        var payee = await _story.PayeeAsync();
        Assert.Empty((await _story.Provider.ListEventsAsync(_story.Now, null, null, default)).Items);
        Assert.Equal(payee, Assert.IsType<ProviderEvent.PayeeChanged>(Assert.Single((await _story.Provider.ListEventsAsync(_story.Now, payee, null, default)).Items).Event).Payee);
    }

    [Fact]
    public async Task The_books_of_Stripe_name_what_moved_and_for_what()
    {
        using var story = new StripeStory(feeBasisPoints: 290);
        var (payment, second) = (await story.FundAsync(10_000, 1), await story.FundAsync(3_000, 2));
        var payee = await story.PayeeAsync();
        var transfer = Assert.IsType<PaymentOutcome.Done>(await story.Provider.PayAsync(StripeStory.Payout(1), StripeStory.Worker, payee, StripeStory.Usd(1_250), story.Now, default)).Reference;
        await story.Provider.RecallAsync(StripeStory.Payout(1), transfer, StripeStory.Usd(250), story.Now, default);
        var refund = Assert.IsType<PaymentOutcome.Done>(
            await story.Provider.RefundAsync(StripeStory.Refund(1), StripeStory.TopUp(1), payment, StripeStory.Usd(700), story.Now, default)).Reference;
        story.StandIn.FailRefund(refund);
        var dispute = story.StandIn.OpenDispute(second);
        story.StandIn.CloseDispute(dispute, won: true);

        var movements = (await story.Provider.ListMovementsAsync(story.Now.AddDays(-1), null, default)).Items;
        Assert.Equal(
            [
                (MovementKind.DisputeReversed, StripeStory.Usd(3_000), dispute), (MovementKind.Dispute, StripeStory.Usd(-3_000), dispute),
                (MovementKind.RefundFailed, StripeStory.Usd(700), refund), (MovementKind.Refund, StripeStory.Usd(-700), refund),
                (MovementKind.TransferReversed, StripeStory.Usd(250), transfer), (MovementKind.Transfer, StripeStory.Usd(-1_250), transfer),
                (MovementKind.Payment, StripeStory.Usd(3_000), second), (MovementKind.Payment, StripeStory.Usd(10_000), payment),
            ],
            movements.Select(m => (m.Kind, m.Amount, m.Source!)));
        Assert.Equal(StripeStory.Usd(290), movements[^1].Fee);
        Assert.Equal(
            story.StandIn.Books.Balance(StandInBooks.Platform, "usd"), movements.Sum(m => (m.Amount - m.Fee).WholeMinorUnits));
    }

    [Fact]
    public async Task A_list_that_Stripe_does_not_give_is_an_exception_and_not_an_empty_one()
    {
        _story.Options.Fault = static _ => StandInFault.TimeoutBefore;
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => _story.Provider.ListEventsAsync(_story.Now, null, null, default));
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => _story.Provider.ListMovementsAsync(_story.Now, null, default));
    }

    public void Dispose() => _story.Dispose();

    private static byte[] Raw(string type, string subject) => Encoding.UTF8.GetBytes(
        $$$"""{"id":"evt_1","object":"event","type":"{{{type}}}","created":1793610000,"livemode":false,"account":"acct_1","data":{"object":{{{subject}}} } }""");
}
