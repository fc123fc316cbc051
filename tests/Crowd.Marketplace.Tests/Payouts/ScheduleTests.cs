using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

/// <summary>Payouts that nobody asks for: on their day, from their threshold on, once a day.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const long Cent = 10_000;

    private readonly Market _market = new(); // begins on a Sunday
    private readonly WorkerId _worker;
    private readonly JobId _job;

    public ScheduleTests()
    {
        var spec = Cast.Spec(p => p with { PayMicros = 200 * Cent, PayFor = PayFor.All });
        _job = _market.AddJob(_market.AddRequester(), tasks: 4, spec: spec, fundMicros: 100 * Currency.MicrosPerUnit);
        _worker = _market.AddWorker();
    }

    private int Payouts => _market.Do(() => _market.Journal.ReadRowsAsync(new(PayoutsTable.Table) { Limit = 10 }, CancellationToken.None)).Count;

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Nothing_is_paid_below_the_threshold_and_all_of_it_from_there_on_but_once_a_day()
    {
        Schedule(300 * Cent, null);
        Earn();
        Assert.Equal(0, Payouts);
        Earn();
        Assert.Equal(1, Payouts);
        Assert.Equal(0, _market.Balance(Account.Earned(_worker)));
        Earn();
        Earn();
        Assert.Equal((1, 400 * Cent), (Payouts, _market.Balance(Account.Earned(_worker))));

        _market.Crash();
        _market.Pass(TimeSpan.FromDays(1));
        Round();
        Assert.Equal((2, 0L), (Payouts, _market.Balance(Account.Earned(_worker))));
    }

    [Fact]
    public void A_weekday_is_waited_for()
    {
        Schedule(100 * Cent, DayOfWeek.Tuesday);
        Earn();
        Assert.Equal(0, Payouts);
        _market.Pass(TimeSpan.FromDays(1));
        Round();
        Assert.Equal(0, Payouts);
        _market.Pass(TimeSpan.FromDays(1));
        Round();
        Assert.Equal(1, Payouts);
    }

    [Fact]
    public void A_schedule_that_was_ended_pays_nothing_and_one_below_the_least_payout_is_refused()
    {
        Schedule(100 * Cent, null);
        _market.Must(() => _market.Worker(_worker).SchedulePayoutsAsync(null, Cast.Actor));
        Earn();
        Assert.Equal(0, Payouts);
        Assert.Equal(RejectionCode.Invalid, _market.Refused(() => _market.Worker(_worker).SchedulePayoutsAsync(new(Currency.Usd, WorkerDecider.LeastPayoutMicros - 1, null), Cast.Actor)));
    }

    private void Schedule(long micros, DayOfWeek? day) => _market.Must(() => _market.Worker(_worker).SchedulePayoutsAsync(new(Currency.Usd, micros, day), Cast.Actor));

    private void Earn()
    {
        _market.Work(_job, _worker, Cast.Yes);
        Round();
    }

    /// <summary>What the reconciler does every hour.</summary>
    private void Round() => _market.Do(() => _market.Worker(_worker).PayOutIfDueAsync());
}
