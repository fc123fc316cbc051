using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Requesters;

public class RequesterMoneyTests
{
    private const long Cent = 10_000;

    private static readonly TopUpId TopUp = Id<TopUpId>(1);
    private static readonly RefundId Refund = Id<RefundId>(1);
    private static readonly RequesterState Acme = new RequesterState()
        .Apply(new RequesterEvent.Registered { Requester = Requester, Name = "Acme", Owner = Person })
        .Apply(new RequesterEvent.ToppedUp { Requester = Requester, TopUp = TopUp, AmountMicros = 100 * Cent, Currency = Currency.Usd, Payment = "pi_1" });

    [Theory]
    [InlineData(100, 0, true)]
    [InlineData(101, 0, false)]
    [InlineData(60, 40, true)]
    [InlineData(61, 40, false)]
    [InlineData(0, 0, false)]
    public void No_more_is_refunded_than_is_available(long cents, long held, bool accepted)
    {
        var state = held == 0 ? Acme : Apply(Acme, RequesterDecider.Hold(Acme, Id<HoldId>(1), Job, Usd(held * Cent)));
        Assert.Equal(accepted, RequesterDecider.RequestRefund(state, Refund, TopUp, Usd(cents * Cent)).Accepted);
    }

    [Fact]
    public void No_more_is_refunded_than_is_left_of_the_top_up()
    {
        var rich = Apply(Acme, RequesterDecider.Credit(Acme, Id<TopUpId>(2), Usd(500 * Cent), "pi_2"));
        var refunded = Apply(rich, RequesterDecider.RequestRefund(rich, Refund, TopUp, Usd(70 * Cent)));
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.RequestRefund(refunded, Id<RefundId>(2), TopUp, Usd(31 * Cent)));
        var all = Apply(refunded, RequesterDecider.RequestRefund(refunded, Id<RefundId>(2), TopUp, Usd(30 * Cent)));
        Assert.Equal(0, all.RestMicros(TopUp));
        Assert.Equal(500 * Cent, all.AvailableMicros(Currency.Usd));
    }

    [Fact]
    public void A_refund_is_made_once_and_with_other_content_refused()
    {
        var refunded = Apply(Acme, RequesterDecider.RequestRefund(Acme, Refund, TopUp, Usd(70 * Cent)));
        Nothing(RequesterDecider.RequestRefund(refunded, Refund, TopUp, Usd(70 * Cent)));
        Refused(RejectionCode.IdempotencyConflict, RequesterDecider.RequestRefund(refunded, Refund, TopUp, Usd(10 * Cent)));
        Refused(RejectionCode.NotFound, RequesterDecider.RequestRefund(refunded, Id<RefundId>(2), Id<TopUpId>(9), Usd(Cent)));
        Refused(RejectionCode.Invalid, RequesterDecider.RequestRefund(refunded, Id<RefundId>(2), TopUp, Usd(Cent + 1)));
    }

    [Fact]
    public void A_refund_that_came_to_nothing_is_available_again_once()
    {
        var refunded = Apply(Acme, RequesterDecider.RequestRefund(Acme, Refund, TopUp, Usd(70 * Cent)));
        var back = Apply(refunded, RequesterDecider.ReturnRefund(refunded, Refund, "closed account", null));
        Assert.Equal((100 * Cent, 100 * Cent), (back.AvailableMicros(Currency.Usd), back.RestMicros(TopUp)));
        Nothing(RequesterDecider.ReturnRefund(back, Refund, "closed account", null));
    }

    [Fact]
    public void What_is_disputed_is_held_and_what_is_not_there_any_more_is_owed()
    {
        var held = Apply(Acme, RequesterDecider.Hold(Acme, Id<HoldId>(1), Job, Usd(70 * Cent)));
        var disputed = Apply(held, RequesterDecider.Dispute(held, "dp_1", TopUp, Usd(100 * Cent), DisputePhase.Open, "fraudulent"));
        Assert.Equal((0, 70 * Cent, 0), (disputed.AvailableMicros(Currency.Usd), disputed.OwedMicros(Currency.Usd), disputed.RestMicros(TopUp)));
        Nothing(RequesterDecider.Dispute(disputed, "dp_1", TopUp, Usd(100 * Cent), DisputePhase.Open, "fraudulent"));
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.Hold(disputed, Id<HoldId>(2), Job, Usd(1)));

        var paid = Apply(disputed, RequesterDecider.Credit(disputed, Id<TopUpId>(2), Usd(80 * Cent), "pi_2"));
        Assert.Equal((10 * Cent, 0), (paid.AvailableMicros(Currency.Usd), paid.OwedMicros(Currency.Usd)));
    }

    [Theory]
    [InlineData(DisputePhase.Won, 100, 0)]
    [InlineData(DisputePhase.Lost, 0, 0)]
    public void A_dispute_ends_once_whatever_is_heard_first(DisputePhase end, long cents, long owed)
    {
        DisputePhase[][] orders = [[DisputePhase.Open, end], [end, DisputePhase.Open], [end, end, DisputePhase.Open]];
        foreach (var order in orders)
        {
            var state = Acme;
            foreach (var phase in order)
                state = Apply(state, RequesterDecider.Dispute(state, "dp_1", TopUp, Usd(100 * Cent), phase, "fraudulent"));
            Assert.Equal((cents * Cent, owed), (state.AvailableMicros(Currency.Usd), state.OwedMicros(Currency.Usd)));
            Assert.Equal(end, state.Disputes["dp_1"].Phase);
        }
    }

    [Fact]
    public void A_dispute_of_a_top_up_that_is_not_credited_yet_waits() =>
        Refused(RejectionCode.NotFound, RequesterDecider.Dispute(Acme, "dp_1", Id<TopUpId>(9), Usd(Cent), DisputePhase.Open, "fraudulent"));

    [Fact]
    public void A_bonus_costs_the_fee_on_top_and_is_paid_once()
    {
        var bonus = Id<BonusId>(1);
        var e = Only<RequesterEvent.BonusPaid, RequesterEvent>(RequesterDecider.PayBonus(Acme, bonus, Job, Worker(1), Usd(50 * Cent), 2_000, "well done"));
        Assert.Equal((50 * Cent, 10 * Cent), (e.AmountMicros, e.FeeMicros));
        var paid = Acme.Apply(e);
        Assert.Equal(40 * Cent, paid.AvailableMicros(Currency.Usd));
        Nothing(RequesterDecider.PayBonus(paid, bonus, Job, Worker(1), Usd(50 * Cent), 2_000, "again"));
        Refused(RejectionCode.IdempotencyConflict, RequesterDecider.PayBonus(paid, bonus, Job, Worker(2), Usd(50 * Cent), 2_000, "other"));
        Refused(RejectionCode.InsufficientFunds, RequesterDecider.PayBonus(paid, Id<BonusId>(2), Job, Worker(1), Usd(34 * Cent), 2_000, "too much"));
        Refused(RejectionCode.Invalid, RequesterDecider.PayBonus(paid, Id<BonusId>(2), Job, Worker(1), Usd(Cent), 2_000, " "));
    }

    /// <summary>Whatever happens in whatever order with ids used again: the grain's figures are the ledger's, and nothing is available while something is owed.</summary>
    [Fact]
    public void Available_and_owed_are_what_the_ledger_says() => Property.HoldsForSteps(
        Gen.Choose(0, 8).SelectMany(what => Gen.Choose(1, 4).SelectMany(id => Gen.Choose(1, 90).Select(cents => (What: what, Id: id, Micros: cents * Cent)))), 60, steps =>
        {
            var state = Acme;
            var balances = new Dictionary<string, long>(StringComparer.Ordinal) { [Account.Available(Requester)] = 100 * Cent, [Account.Provider] = -100 * Cent };
            foreach (var (what, id, micros) in steps)
            {
                foreach (var e in Decide(state, what, id, micros).Value ?? [])
                {
                    state = state.Apply(e);
                    foreach (var t in e is RequesterEvent.FundsReturned r ? LedgerRules.TransfersOf(Closed(r)) : LedgerRules.TransfersOf(e))
                    {
                        balances[t.Debit] = balances.GetValueOrDefault(t.Debit) - t.AmountMicros;
                        balances[t.Credit] = balances.GetValueOrDefault(t.Credit) + t.AmountMicros;
                    }
                }

                Assert.Equal(0, balances.Values.Sum());
                Assert.Equal(state.AvailableMicros(Currency.Usd), balances[Account.Available(Requester)]);
                Assert.Equal(-state.OwedMicros(Currency.Usd), balances.GetValueOrDefault(Account.Owed(Requester)));
                Assert.True(state.AvailableMicros(Currency.Usd) >= 0 && (state.OwedMicros(Currency.Usd) == 0 || state.AvailableMicros(Currency.Usd) == 0));
            }
        });

    private static Outcome<RequesterEvent[]> Decide(RequesterState state, int what, int id, long micros) => what switch
    {
        0 => RequesterDecider.Credit(state, Id<TopUpId>(id), Usd(micros), $"pi_{id}"),
        1 => RequesterDecider.Hold(state, Id<HoldId>(id), Id<JobId>(id), Usd(micros)),
        2 => state.Holds.TryGetValue(Id<HoldId>(id), out var held) ? RequesterDecider.Return(state, held.Job, Usd(held.AmountMicros)) : Array.Empty<RequesterEvent>(),
        3 => RequesterDecider.RequestRefund(state, Id<RefundId>(id), Id<TopUpId>(id), Usd(micros)),
        4 => RequesterDecider.ReturnRefund(state, Id<RefundId>(id), "closed", null),
        5 => RequesterDecider.PayBonus(state, Id<BonusId>(id), Job, Worker(1), Usd(micros), 2_000, "well done"),
        _ => RequesterDecider.Dispute(
            state, $"dp_{id}", Id<TopUpId>(id), Usd(state.TopUps.TryGetValue(Id<TopUpId>(id), out var paid) ? paid.Micros : micros), (DisputePhase)(what - 6), "fraudulent"),
    };

    private static JobEvent.Closed Closed(RequesterEvent.FundsReturned r) => new() { Job = r.Job, Requester = Requester, Currency = r.Currency, ReturnedMicros = r.AmountMicros };

    private static RequesterState Apply(RequesterState state, Outcome<RequesterEvent[]> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        return outcome.Value.Aggregate(state, (s, e) => s.Apply(e));
    }
}
