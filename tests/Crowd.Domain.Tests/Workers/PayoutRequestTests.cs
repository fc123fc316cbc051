using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Workers;

public class PayoutRequestTests
{
    private static readonly WorkerState Ann = new WorkerState().Apply(new WorkerEvent.Registered { Worker = Worker(1), Person = Person });
    private static readonly PayoutId Payout = Id<PayoutId>(1);

    [Theory]
    [InlineData(null, 2_345_678, 2_340_000)]
    [InlineData(null, 1_000_000, 1_000_000)]
    [InlineData(1_500_000L, 2_345_678, 1_500_000)]
    [InlineData(2_340_000L, 2_345_678, 2_340_000)]
    public void Whole_minor_units_are_put_aside(long? asked, long available, long put)
    {
        var e = Only<WorkerEvent.PayoutRequested, WorkerEvent>(Ask(Ann, asked, available));
        Assert.Equal((Worker(1), Payout, put, Currency.Usd), (e.Worker, e.Payout, e.AmountMicros, e.Currency));
    }

    [Theory]
    [InlineData(1_500_001L, 9_000_000, RejectionCode.Invalid)]
    [InlineData(1_505_000L, 9_000_000, RejectionCode.Invalid)]
    [InlineData(9_010_000L, 9_000_000, RejectionCode.InsufficientFunds)]
    [InlineData(990_000L, 9_000_000, RejectionCode.InsufficientFunds)]
    [InlineData(0L, 9_000_000, RejectionCode.InsufficientFunds)]
    [InlineData(-1_000_000L, 9_000_000, RejectionCode.InsufficientFunds)]
    [InlineData(null, 999_999, RejectionCode.InsufficientFunds)]
    [InlineData(null, 0, RejectionCode.InsufficientFunds)]
    public void Amounts_that_cannot_be_paid_are_refused(long? asked, long available, RejectionCode code) => Refused(code, Ask(Ann, asked, available));

    [Theory]
    [InlineData("JPY", 1_999_999, 1_000_000)]
    [InlineData("KWD", 1_999_999, 1_999_000)]
    public void The_minor_unit_is_the_currencys(string code, long available, long put)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        var e = Only<WorkerEvent.PayoutRequested, WorkerEvent>(WorkerDecider.RequestPayout(Ann, Payout, null, new(available, currency)));
        Assert.Equal((put, currency), (e.AmountMicros, e.Currency));
    }

    [Fact]
    public void The_same_payout_again_changes_nothing_even_after_its_end()
    {
        var requested = Ann.Apply(Only<WorkerEvent.PayoutRequested, WorkerEvent>(Ask(Ann, 2_000_000, 2_000_000)));
        Nothing(Ask(requested, 2_000_000, 0));
        Nothing(Ask(requested, null, 0));
        foreach (var paid in new[] { true, false })
        {
            var ended = requested.Apply(Only<WorkerEvent.PayoutEnded, WorkerEvent>(WorkerDecider.EndPayout(requested, Payout, paid)));
            Assert.Empty(ended.Payouts);
            Nothing(Ask(ended, 2_000_000, 9_000_000));
            Nothing(WorkerDecider.EndPayout(ended, Payout, paid));
        }
    }

    [Fact]
    public void The_same_payout_with_another_amount_is_refused()
    {
        var requested = Ann.Apply(Only<WorkerEvent.PayoutRequested, WorkerEvent>(Ask(Ann, 2_000_000, 2_000_000)));
        Refused(RejectionCode.IdempotencyConflict, Ask(requested, 3_000_000, 9_000_000));
        var ended = requested.Apply(new WorkerEvent.PayoutEnded { Payout = Payout, Paid = true });
        Refused(RejectionCode.IdempotencyConflict, Ask(ended, 3_000_000, 9_000_000));
    }

    [Fact]
    public void Only_so_many_payouts_are_under_way()
    {
        var state = Ann;
        for (var i = 1; i <= WorkerDecider.PayoutLimit; i++)
            state = state.Apply(Only<WorkerEvent.PayoutRequested, WorkerEvent>(WorkerDecider.RequestPayout(state, Id<PayoutId>(i), null, Usd(1_000_000))));
        var next = Id<PayoutId>(99);
        Refused(RejectionCode.LimitExceeded, WorkerDecider.RequestPayout(state, next, null, Usd(1_000_000)));
        Refused(RejectionCode.Invalid, WorkerDecider.RequestPayout(state, next, Usd(1), Usd(1_000_000)));
        state = state.Apply(new WorkerEvent.PayoutEnded { Payout = Payout, Paid = false });
        Only<WorkerEvent.PayoutRequested, WorkerEvent>(WorkerDecider.RequestPayout(state, next, null, Usd(1_000_000)));
    }

    private static Outcome<WorkerEvent[]> Ask(WorkerState state, long? asked, long available) =>
        WorkerDecider.RequestPayout(state, Payout, asked is { } micros ? Usd(micros) : null, Usd(available));
}
