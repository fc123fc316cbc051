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

    [Fact]
    public void An_account_outside_must_be_ready()
    {
        Refused(RejectionCode.PayeeNotReady, Outside(Ann));
        var opened = Ann.Apply(Only<WorkerEvent.PayeeOpened, WorkerEvent>(WorkerDecider.OpenPayee(Ann, "acct_1", "DE")));
        Nothing(WorkerDecider.OpenPayee(opened, "acct_1", "DE"));
        Refused(RejectionCode.PayeeNotReady, Outside(opened));
        var waiting = opened.Apply(Assert.Single(WorkerDecider.ChangePayee(opened, new(false, true, "documents"))));
        Assert.Contains("documents", Refused(RejectionCode.PayeeNotReady, Outside(waiting)).Message, StringComparison.Ordinal);
        var ready = waiting.Apply(Assert.Single(WorkerDecider.ChangePayee(waiting, new(true, true, null))));
        Assert.Empty(WorkerDecider.ChangePayee(ready, new(true, true, null)));
        Assert.Equal("acct_1", Only<WorkerEvent.PayoutRequested, WorkerEvent>(Outside(ready)).Payee);
        Assert.Empty(WorkerDecider.ChangePayee(Ann, new(true, true, null)));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("DEU")]
    [InlineData("")]
    public void A_country_is_two_capital_letters(string country) => Assert.Equal(RejectionCode.Invalid, WorkerDecider.MayOpenPayee(Ann, country)?.Code);

    [Fact]
    public void What_is_owed_is_taken_from_later_earnings_first()
    {
        Refused(RejectionCode.InsufficientFunds, WorkerDecider.RequestPayout(Ann, Payout, null, Usd(2_000_000), Usd(2_000_000)));
        var both = WorkerDecider.RequestPayout(Ann, Payout, null, Usd(5_000_000), Usd(2_000_000)).Value!;
        Assert.Equal(2_000_000, Assert.IsType<WorkerEvent.DebtRecovered>(both[0]).AmountMicros);
        Assert.Equal(3_000_000, Assert.IsType<WorkerEvent.PayoutRequested>(both[1]).AmountMicros);
    }

    [Theory]
    [InlineData(5_000_000, null, true)]
    [InlineData(4_999_999, null, false)]
    [InlineData(9_000_000, DayOfWeek.Sunday, true)]
    [InlineData(9_000_000, DayOfWeek.Monday, false)]
    public void A_schedule_asks_on_its_day_from_its_threshold_on(long earned, DayOfWeek? weekday, bool due)
    {
        Assert.Equal(DayOfWeek.Sunday, Now.DayOfWeek);
        var scheduled = Ann.Apply(Only<WorkerEvent.PayoutsScheduled, WorkerEvent>(WorkerDecider.SchedulePayouts(Ann, new(Currency.Usd, 5_000_000, weekday))));
        Assert.Equal(due, WorkerDecider.IsDue(scheduled, Usd(earned), Usd(0), Now));
    }

    [Fact]
    public void A_schedule_asks_once_a_day()
    {
        var scheduled = Ann.Apply(Only<WorkerEvent.PayoutsScheduled, WorkerEvent>(WorkerDecider.SchedulePayouts(Ann, new(Currency.Usd, 5_000_000, null))));
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var paid = scheduled.Apply(Only<WorkerEvent.PayoutRequested, WorkerEvent>(WorkerDecider.RequestPayout(scheduled, Payout, null, Usd(6_000_000), scheduledFor: today)));
        Assert.False(WorkerDecider.IsDue(paid, Usd(6_000_000), Usd(0), Now));
        Assert.True(WorkerDecider.IsDue(paid, Usd(6_000_000), Usd(0), Now.AddDays(1)));
        Assert.False(WorkerDecider.IsDue(paid, Usd(6_000_000), Usd(2_000_000), Now.AddDays(1)));
        Refused(RejectionCode.Invalid, WorkerDecider.SchedulePayouts(paid, new(Currency.Usd, 999_999, null)));
        Only<WorkerEvent.PayoutsUnscheduled, WorkerEvent>(WorkerDecider.SchedulePayouts(paid, null));
    }

    private static Outcome<WorkerEvent[]> Outside(WorkerState state) => WorkerDecider.RequestPayout(state, Payout, null, Usd(2_000_000), needsPayee: true);

    private static Outcome<WorkerEvent[]> Ask(WorkerState state, long? asked, long available) =>
        WorkerDecider.RequestPayout(state, Payout, asked is { } micros ? Usd(micros) : null, Usd(available));
}
