using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Ledger;

public class LedgerRulesTests
{
    private static readonly string Escrow = Account.Escrow(Job);
    private static readonly string Available = Account.Available(Requester);
    private static readonly string Earned = Account.Earned(Worker(1));
    private static readonly PayoutId Payout = Id<PayoutId>(1);

    [Fact]
    public void Money_comes_in_through_the_provider() => AssertOne(
        new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = 5, Currency = Currency.Usd },
        new(Account.Provider, Available, 5, Currency.Usd, TransferKind.TopUp, Id<TopUpId>(1).Value));

    [Fact]
    public void Funds_are_put_into_escrow() => AssertOne(
        new RequesterEvent.FundsHeld { Requester = Requester, Hold = Id<HoldId>(1), Job = Job, AmountMicros = 5, Currency = Currency.Usd },
        new(Available, Escrow, 5, Currency.Usd, TransferKind.Hold, Id<HoldId>(1).Value));

    [Fact]
    public void What_is_left_goes_back_when_the_job_ends() => AssertOne(
        new JobEvent.Closed { Job = Job, Requester = Requester, Currency = Currency.Usd, ReturnedMicros = 5 },
        new(Escrow, Available, 5, Currency.Usd, TransferKind.Release, Job.Value));

    [Fact]
    public void Payouts_wait_in_an_account_of_their_own()
    {
        AssertOne(
            new WorkerEvent.PayoutRequested { Worker = Worker(1), Payout = Payout, AmountMicros = 5, Currency = Currency.Usd },
            new(Earned, Account.InTransit(Payout), 5, Currency.Usd, TransferKind.PayoutReserved, Payout.Value));
        AssertOne(
            new PayoutEvent.Posted { Payout = Payout, Worker = Worker(1), AmountMicros = 5, Currency = Currency.Usd, Reference = "r" },
            new(Account.InTransit(Payout), Account.Provider, 5, Currency.Usd, TransferKind.PayoutPosted, Payout.Value) { Source = "r" });
        AssertOne(
            new PayoutEvent.Voided { Payout = Payout, Worker = Worker(1), AmountMicros = 5, Currency = Currency.Usd, Reason = "r" },
            new(Account.InTransit(Payout), Earned, 5, Currency.Usd, TransferKind.PayoutVoided, Payout.Value));
    }

    [Fact]
    public void A_settlement_pays_each_accepted_answer_once_and_the_fees_together()
    {
        Transfer[] expected =
        [
            new(Escrow, Account.Earned(Worker(1)), 50_000, Currency.Usd, TransferKind.Pay, AssignmentId.Of(TheTask, 1).Value),
            new(Escrow, Account.Earned(Worker(3)), 50_000, Currency.Usd, TransferKind.Pay, AssignmentId.Of(TheTask, 3).Value),
            new(Escrow, Account.Fees, 20_000, Currency.Usd, TransferKind.Fee, AssignmentId.Of(TheTask, 1).Value),
        ];
        Assert.Equal(expected, LedgerRules.TransfersOf(Settled(One(1, true), One(2, false), One(3, true))));
    }

    [Fact]
    public void A_rejected_answer_moves_no_money() => Assert.Empty(LedgerRules.TransfersOf(Settled(One(1, false), One(2, false))));

    [Fact]
    public void Work_without_pay_moves_no_money() => Assert.Empty(LedgerRules.TransfersOf(Settled(One(1, true) with { PayMicros = 0, FeeMicros = 0 })));

    [Fact]
    public void The_platform_pays_an_upheld_appeal_that_the_escrow_cannot_and_owes_itself_no_fee() => AssertOne(
        Settled(One(1, true) with { PaidByPlatform = true, Reason = SettlementReason.AppealUpheld }),
        new(Account.Appeals, Earned, 50_000, Currency.Usd, TransferKind.Pay, AssignmentId.Of(TheTask, 1).Value));

    [Fact]
    public void Nothing_left_is_no_transfer() => Assert.Empty(LedgerRules.TransfersOf(new JobEvent.Closed { Job = Job, Requester = Requester, Currency = Currency.Usd, ReturnedMicros = 0 }));

    [Fact]
    public void Returned_funds_moved_when_the_job_closed_and_do_not_move_again() =>
        Assert.Empty(LedgerRules.TransfersOf(new RequesterEvent.FundsReturned { Job = Job, AmountMicros = 5, Currency = Currency.Usd }));

    [Theory]
    [InlineData(Account.Appeals, true)]
    [InlineData(Account.Provider, true)]
    [InlineData(Account.Fees, false)]
    [InlineData("escrow:job_x", false)]
    [InlineData("worker:wrk_x", false)]
    [InlineData("requester:req_x", false)]
    [InlineData("payout:pay_x", false)]
    public void Only_the_platforms_own_accounts_may_be_negative(string account, bool may) => Assert.Equal(may, Account.MayBeNegative(account));

    private static Settlement One(int n, bool accepted) => new()
    {
        Assignment = AssignmentId.Of(TheTask, n),
        Worker = Worker(n),
        Accepted = accepted,
        PayMicros = accepted ? 50_000 : 0,
        FeeMicros = accepted ? 10_000 : 0,
        ReservedMicros = 60_000,
        Reason = accepted ? SettlementReason.Agrees : SettlementReason.Disagrees,
    };

    private static TaskEvent.Settled Settled(params Settlement[] settlements) => new() { Job = Job, Currency = Currency.Usd, Settlements = settlements };

    private static void AssertOne(DomainEvent e, Transfer expected) => Assert.Equal(expected, Assert.Single(LedgerRules.TransfersOf(e)));
}
