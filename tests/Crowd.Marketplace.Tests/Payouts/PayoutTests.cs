using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class PayoutTests : IDisposable
{
    private readonly Market _market = new();
    private readonly WorkerId _worker;

    public PayoutTests()
    {
        var spec = Cast.Spec(p => p with { PayMicros = 3_005_000, PayFor = PayFor.All });
        var job = _market.AddJob(_market.AddRequester(), spec: spec);
        _worker = _market.AddWorker();
        _market.Work(job, _worker, Cast.Yes);
    }

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_payout_leaves_once_in_whole_cents_and_the_rest_stays()
    {
        var payout = Request();
        _market.Must(() => _market.Worker(_worker).RequestPayoutAsync(payout, null, Currency.Usd, Cast.Actor));
        _market.Keep();

        Assert.Equal("posted", StatusOf(payout));
        Assert.Equal(new Money(3_000_000, Currency.Usd), _market.Payments.Moved[payout.Value]);
        Assert.Equal(5_000, _market.Balance(Account.Earned(_worker)));
        Assert.Equal(0, _market.Balance(Account.InTransit(payout)));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_refused_payout_is_the_workers_money_again()
    {
        _market.Payments.Next.Enqueue(ScriptedPayments.Answer.Refused);
        var payout = Request();
        Assert.Equal("voided", StatusOf(payout));
        Assert.Equal(3_005_000, _market.Balance(Account.Earned(_worker)));
        Assert.Equal("posted", StatusOf(Request()));
    }

    [Theory]
    [InlineData((int)ScriptedPayments.Answer.UnknownBefore)]
    [InlineData((int)ScriptedPayments.Answer.UnknownAfter)]
    public void A_payout_of_unknown_outcome_is_sent_again_by_the_keeper_and_leaves_once(int unknown)
    {
        _market.Payments.Next.Enqueue((ScriptedPayments.Answer)unknown);
        var payout = Request();
        Assert.Equal("started", StatusOf(payout));
        Assert.Equal(3_000_000, _market.Balance(Account.InTransit(payout)));

        _market.Crash();
        _market.Keep();

        Assert.Equal("posted", StatusOf(payout));
        Assert.Equal(2, _market.Payments.Calls - 1); // one call took the requester's money in
        Assert.Equal(3_000_000, _market.Payments.Moved[payout.Value].Micros);
    }

    [Fact]
    public void More_than_there_is_cannot_be_asked_for()
    {
        Assert.Equal(RejectionCode.InsufficientFunds, _market.Refused(() => _market.Worker(_worker).RequestPayoutAsync(_market.Ids.Next<PayoutId>(), 4_000_000, Currency.Usd, Cast.Actor)));
        Assert.Equal(RejectionCode.Invalid, _market.Refused(() => _market.Worker(_worker).RequestPayoutAsync(_market.Ids.Next<PayoutId>(), 1_000_001, Currency.Usd, Cast.Actor)));
    }

    private PayoutId Request() => _market.Must(() => _market.Worker(_worker).RequestPayoutAsync(_market.Ids.Next<PayoutId>(), null, Currency.Usd, Cast.Actor));

    private string StatusOf(PayoutId payout) => _market.Row(PayoutsTable.Table, payout.Value).Columns[PayoutsTable.Status].Text;
}
