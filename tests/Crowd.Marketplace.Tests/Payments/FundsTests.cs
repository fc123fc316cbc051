using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

/// <summary>Refunds, disputes and bonuses, from the grain that is asked to all that follows.</summary>
public sealed class FundsTests : IDisposable
{
    private const long Unit = Currency.MicrosPerUnit;
    private const string Dispute = "dp_1";

    private readonly Market _market = new();
    private readonly RequesterId _requester;
    private readonly TopUpId _topUp;

    public FundsTests()
    {
        _requester = _market.AddRequester(units: 1);
        _topUp = _market.TopUp(_requester, new(100 * Unit, Currency.Usd));
    }

    private long Available => _market.Balance(Account.Available(_requester));

    public void Dispose()
    {
        _market.AssertRebuildGivesTheSame();
        _market.Dispose();
    }

    [Fact]
    public void A_refund_goes_back_once_and_never_more_than_the_top_up_or_what_is_available()
    {
        var refund = _market.Ids.Next<RefundId>();
        for (var i = 0; i < 2; i++)
            _market.Must(() => _market.Requester(_requester).RefundAsync(refund, _topUp, 60 * Unit, Cast.Actor));

        Assert.Equal(41 * Unit, Available);
        Assert.Equal(-41 * Unit, _market.Balance(Account.Provider));
        Assert.Equal("posted", StatusOf(refund));
        Assert.Equal(60 * Unit, _market.Payments.Moved[refund.Value].Micros);
        Assert.Equal(RejectionCode.IdempotencyConflict, Refuse(refund, 59 * Unit));
        Assert.Equal(RejectionCode.InsufficientFunds, Refuse(_market.Ids.Next<RefundId>(), 41 * Unit)); // available, but 40 are left of this top-up
        Assert.Equal(RejectionCode.Invalid, Refuse(_market.Ids.Next<RefundId>(), 1));
        var job = _market.AddDraft(_requester);
        _market.Fund(_requester, job, 40 * Unit);
        Assert.Equal(RejectionCode.InsufficientFunds, Refuse(_market.Ids.Next<RefundId>(), 2 * Unit)); // left of the top-up, but put aside for a job
    }

    [Theory]
    [InlineData((int)ScriptedPayments.Answer.UnknownBefore)]
    [InlineData((int)ScriptedPayments.Answer.UnknownAfter)]
    public void A_refund_of_unknown_outcome_is_sent_again_by_the_keeper_and_leaves_once(int unknown)
    {
        _market.Payments.Next.Enqueue((ScriptedPayments.Answer)unknown);
        var refund = Refund(60 * Unit);
        Assert.Equal("started", StatusOf(refund));
        Assert.Equal(60 * Unit, _market.Balance(Account.InTransit(refund)));

        _market.Crash();
        _market.Keep();

        Assert.Equal("posted", StatusOf(refund));
        Assert.Equal((41 * Unit, 0L), (Available, _market.Balance(Account.InTransit(refund))));
    }

    [Fact]
    public void A_refused_refund_is_the_requesters_money_again()
    {
        _market.Payments.Next.Enqueue(ScriptedPayments.Answer.Refused);
        var refund = Refund(60 * Unit);
        Assert.Equal("voided", StatusOf(refund));
        Assert.Equal(101 * Unit, Available);
        Assert.Equal("posted", StatusOf(Refund(100 * Unit))); // nothing of the top-up counts as given back
    }

    [Fact]
    public void A_disputes_money_is_held_and_jobs_that_are_covered_go_on()
    {
        var job = _market.AddJob(_requester, fundMicros: Unit);
        for (var i = 0; i < 2; i++)
            Hear(DisputePhase.Open);

        Assert.Equal((0L, 100 * Unit), (Available, _market.Balance(Account.Disputed(Dispute))));
        Assert.Equal((-100 * Unit, -Unit), (_market.Balance(Account.InDispute), _market.Balance(Account.Provider)));
        Assert.Equal(0, _market.Balance(Account.Owed(_requester)));
        Assert.Equal("open", _market.StatusOf(job));
    }

    [Fact]
    public void Jobs_pause_when_a_dispute_is_not_covered_and_open_again_only_when_nothing_is_owed()
    {
        var job = _market.AddJob(_requester, fundMicros: 95 * Unit);
        Hear(DisputePhase.Open);
        Assert.Equal((0L, 100 * Unit, -94 * Unit), (Available, _market.Balance(Account.Disputed(Dispute)), _market.Balance(Account.Owed(_requester))));
        Assert.Equal("paused", _market.StatusOf(job));

        _market.Do(() => _market.Job(job).OpenAsync(Cast.Actor));
        Assert.Equal("paused", _market.StatusOf(job));

        Hear(DisputePhase.Won);
        Assert.Equal((6 * Unit, 0L, 0L), (Available, _market.Balance(Account.Disputed(Dispute)), _market.Balance(Account.Owed(_requester))));
        Assert.Equal(0, _market.Balance(Account.InDispute));
        _market.Must(() => _market.Job(job).OpenAsync(Cast.Actor));
        Assert.Equal("open", _market.StatusOf(job));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_lost_dispute_takes_the_money_even_when_its_opening_is_heard_of_last(bool openFirst)
    {
        if (openFirst)
            Hear(DisputePhase.Open);
        Hear(DisputePhase.Lost);
        Hear(DisputePhase.Open);

        Assert.Equal((Unit, 0L, 0L), (Available, _market.Balance(Account.Disputed(Dispute)), _market.Balance(Account.InDispute)));
        Assert.Equal(-Unit, _market.Balance(Account.Provider));
        Assert.Equal("lost", _market.Row(DisputesTable.Table, Dispute).Columns[DisputesTable.Status].Text);
    }

    [Fact]
    public void A_debt_is_repaid_by_the_next_top_up()
    {
        _market.AddJob(_requester, fundMicros: 95 * Unit);
        Hear(DisputePhase.Open);
        Hear(DisputePhase.Lost);
        Assert.Equal(-94 * Unit, _market.Balance(Account.Owed(_requester)));

        _market.TopUp(_requester, new(100 * Unit, Currency.Usd));
        Assert.Equal((6 * Unit, 0L), (Available, _market.Balance(Account.Owed(_requester))));
    }

    [Fact]
    public void A_bonus_is_paid_once_with_the_fee_on_top_and_only_to_who_answered()
    {
        var (worker, other) = (_market.AddWorker(), _market.AddWorker());
        var job = _market.AddJob(_requester, fundMicros: Unit);
        _market.Work(job, worker, Cast.Yes);
        var (available, bonus) = (Available, _market.Ids.Next<BonusId>());
        for (var i = 0; i < 2; i++)
            _market.Must(() => Pay(bonus, worker, 5 * Unit));

        Assert.Equal((available - (6 * Unit), 5 * Unit, Unit), (Available, _market.Balance(Account.Earned(worker)), _market.Balance(Account.Fees)));
        Assert.Equal(RejectionCode.IdempotencyConflict, _market.Refused(() => Pay(bonus, worker, 4 * Unit)));
        Assert.Equal(RejectionCode.InsufficientFunds, _market.Refused(() => Pay(_market.Ids.Next<BonusId>(), worker, 90 * Unit)));
        _market.Refused(() => Pay(_market.Ids.Next<BonusId>(), other, Unit));
        Assert.Equal(0, _market.Balance(Account.Earned(other)));

        Task<Outcome<BonusId>> Pay(BonusId id, WorkerId to, long micros) => _market.Requester(_requester).PayBonusAsync(id, job, to, micros, "well done", Cast.Actor);
    }

    private RefundId Refund(long micros) => _market.Must(() => _market.Requester(_requester).RefundAsync(_market.Ids.Next<RefundId>(), _topUp, micros, Cast.Actor));

    private RejectionCode Refuse(RefundId refund, long micros) => _market.Refused(() => _market.Requester(_requester).RefundAsync(refund, _topUp, micros, Cast.Actor));

    private void Hear(DisputePhase phase) =>
        _market.Must(() => _market.Requester(_requester).HearDisputeAsync(Dispute, _topUp, new(100 * Unit, Currency.Usd), phase, "fraudulent"));

    private string StatusOf(RefundId refund) => _market.Row(RefundsTable.Table, refund.Value).Columns[RefundsTable.Status].Text;
}
