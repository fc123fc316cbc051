using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Payments;

public class TopUpAndRefundTests
{
    private static readonly TopUpId TopUp = Id<TopUpId>(1);
    private static readonly RefundId Refund = Id<RefundId>(1);
    private static readonly Uri Home = new("https://crowd.example/");

    [Fact]
    public void A_top_up_starts_once_and_with_other_content_is_refused()
    {
        var started = Started();
        Nothing(TopUpDecider.Start(started, TopUp, Requester, Usd(500), Home));
        Refused(RejectionCode.IdempotencyConflict, TopUpDecider.Start(started, TopUp, Requester, Usd(501), Home));
        Refused(RejectionCode.IdempotencyConflict, TopUpDecider.Start(started, TopUp, Id<RequesterId>(2), Usd(500), Home));
    }

    [Fact]
    public void An_unknown_outcome_changes_nothing() => Assert.Empty(TopUpDecider.Conclude(Started(), new PaymentOutcome.Unknown("timeout")));

    /// <summary>That it was paid holds whatever was said before and after, and counts once.</summary>
    [Theory]
    [InlineData("paid")]
    [InlineData("pending paid")]
    [InlineData("paid pending")]
    [InlineData("pending failed paid")]
    [InlineData("pending expired paid")]
    [InlineData("refused paid")]
    [InlineData("pending paid paid expired failed")]
    public void What_was_paid_is_paid_once(string order)
    {
        var (state, paid, awaited) = (Started(), 0, 500L);
        foreach (var said in order.Split(' '))
        {
            var events = said switch
            {
                "paid" => TopUpDecider.Pay(state, "pi_1", Usd(500)),
                "pending" => TopUpDecider.Conclude(state, new PaymentOutcome.Pending("cs_1", Home)),
                "refused" => TopUpDecider.Conclude(state, new PaymentOutcome.Refused("no")),
                "failed" => TopUpDecider.Fail(state, "declined"),
                _ => TopUpDecider.Expire(state),
            };
            foreach (var e in events)
            {
                state = state.Apply(e, Now);
                paid += e is TopUpEvent.Paid ? 1 : 0;
                awaited += LedgerRules.PendingOf(e)?.InMicros ?? 0;
            }
        }

        Assert.Equal((TopUpStatus.Paid, 1, 0, "pi_1"), (state.Status, paid, awaited, state.Payment));
    }

    [Fact]
    public void Of_a_top_up_that_was_never_begun_nothing_is_taken()
    {
        Assert.Empty(TopUpDecider.Pay(new(), "pi_1", Usd(5)));
        Assert.Empty(TopUpDecider.Fail(new(), "declined"));
        Assert.Empty(TopUpDecider.Expire(new()));
    }

    /// <summary>What is left of the money that was put aside, and what the provider has: after any order of what is said they fit.</summary>
    [Theory]
    [InlineData("done", RefundStatus.Posted, 0, -500)]
    [InlineData("pending", RefundStatus.Posted, 0, -500)]
    [InlineData("pending confirmed", RefundStatus.Confirmed, 0, -500)]
    [InlineData("confirmed done", RefundStatus.Confirmed, 0, -500)]
    [InlineData("refused", RefundStatus.Voided, 0, 0)]
    [InlineData("done failed", RefundStatus.Voided, 0, 0)]
    [InlineData("done confirmed failed failed", RefundStatus.Voided, 0, 0)]
    [InlineData("failed done confirmed", RefundStatus.Voided, 0, 0)]
    [InlineData("unknown", RefundStatus.Started, 500, 0)]
    public void A_refund_ends_in_the_same_books_whatever_is_said_first(string order, RefundStatus status, long aside, long provider)
    {
        var state = new RefundState();
        state = state.Apply(Assert.Single(RefundDecider.Start(state, Refund, Requester, TopUp, "pi_1", Usd(500))), Now);
        Assert.Empty(RefundDecider.Start(state, Refund, Requester, TopUp, "pi_1", Usd(500)));
        var balances = new Dictionary<string, long>(StringComparer.Ordinal) { [Account.InTransit(Refund)] = 500 };
        foreach (var said in order.Split(' '))
        {
            var events = said switch
            {
                "done" => RefundDecider.Conclude(state, new PaymentOutcome.Done("re_1")),
                "pending" => RefundDecider.Conclude(state, new PaymentOutcome.Pending("re_1", null)),
                "refused" => RefundDecider.Conclude(state, new PaymentOutcome.Refused("no")),
                "unknown" => RefundDecider.Conclude(state, new PaymentOutcome.Unknown("timeout")),
                "confirmed" => RefundDecider.Confirm(state, "re_1"),
                _ => RefundDecider.Fail(state, "re_1", "closed"),
            };
            foreach (var e in events)
            {
                state = state.Apply(e, Now);
                IEnumerable<DomainEvent> all = e is RefundEvent.Voided v
                    ? [e, new RequesterEvent.RefundReturned { Requester = Requester, Refund = Refund, AmountMicros = 500, Currency = Currency.Usd, Reason = v.Reason, Reference = v.Reference }]
                    : [e];
                foreach (var t in all.SelectMany(LedgerRules.TransfersOf))
                {
                    balances[t.Debit] = balances.GetValueOrDefault(t.Debit) - t.AmountMicros;
                    balances[t.Credit] = balances.GetValueOrDefault(t.Credit) + t.AmountMicros;
                }
            }
        }

        Assert.Equal((status, aside, provider), (state.Status, balances[Account.InTransit(Refund)], -balances.GetValueOrDefault(Account.Provider)));
    }

    private static TopUpState Started() => new TopUpState().Apply(Only<TopUpEvent.Started, TopUpEvent>(TopUpDecider.Start(new(), TopUp, Requester, Usd(500), Home)), Now);
}
