using Crowd.Domain.Tests.Tasks;
using FsCheck;
using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Ledger;

/// <summary>A whole job on paper: funds, answers, reviews, appeals and the end, with the books kept beside it.</summary>
public class LedgerPropertyTests
{
    private const long Deposit = 5_000_000;

    private static readonly Gen<int[]> Course = Gen.Choose(0, 9_999).ArrayOf(40);

    [Theory]
    [InlineData(PayFor.Agreeing)]
    [InlineData(PayFor.All)]
    [InlineData(PayFor.Reviewed)]
    public void The_books_balance_and_nothing_is_overdrawn(PayFor payFor) => Property.Holds(Course, course =>
    {
        var books = new Books();
        var held = course[0] % 1_000_000;
        books.Post(new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = Deposit, Currency = Currency.Usd });
        books.Post(new RequesterEvent.FundsHeld { Requester = Requester, Hold = Id<HoldId>(1), Job = Job, AmountMicros = held, Currency = Currency.Usd });

        var task = Work(course, books, payFor, held);
        var left = books.Balance(Account.Escrow(Job));
        books.Post(new JobEvent.Closed { Job = Job, Requester = Requester, Currency = Currency.Usd, ReturnedMicros = left });
        Appeals(task, books);

        Assert.Equal(0, books.Balance(Account.Escrow(Job)));
        var accepted = task.State.Assignments.Where(a => a.Status == AssignmentStatus.Accepted).ToArray();
        Assert.Equal(accepted.Sum(a => a.PayMicros), accepted.Sum(a => books.Balance(Account.Earned(a.Worker))));
        Assert.Equal(accepted.Length, books.Paid.Count);
        Assert.Equal(books.Paid.Count, books.Paid.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Deposit, books.Balance(Account.Available(Requester)) + books.Balance(Account.Fees) + books.Balance(Account.Appeals)
            + accepted.Sum(a => books.Balance(Account.Earned(a.Worker))));
        if (accepted.Length > 0)
            PayOut(accepted[0].Worker, books, course[1] % 2 == 0);
    });

    /// <summary>Leases are given only while the escrow covers them besides what is reserved already.</summary>
    private static TaskLife Work(int[] course, Books books, PayFor payFor, long held)
    {
        var task = new TaskLife(Spec(Policies(3, 9, payFor)));
        var posted = 0;
        for (var i = 2; i < course.Length; i++)
        {
            task.Spec = task.Spec with { Policies = task.Spec.Policies with { PayMicros = course[i] * 7, FeeBasisPoints = course[i] } };
            var free = books.Balance(Account.Escrow(Job)) - task.State.Assignments.Sum(a => a.ReservedMicros);
            if (free >= task.Spec.CostOfAnswerMicros && task.Offer(i).Accepted && course[i] % 5 > 0)
                task.Submit(task.State.Assignments[^1].Id, i, course[i] % 3 == 0 ? Dog : Cat);
            if (course[i] % 4 == 0 && task.State.Assignments.Length > 0)
                task.Review(task.State.Assignments[course[i] % task.State.Assignments.Length].Id, course[i] % 8 == 0);
            posted = books.PostFrom(task, posted);
        }

        task.Now += TimeSpan.FromDays(60);
        task.Expire();
        task.Close();
        task.AcceptUnreviewed();
        books.PostFrom(task, posted);
        Assert.InRange(books.Balance(Account.Escrow(Job)), 0, held);
        task.Now -= TimeSpan.FromDays(60);
        return task;
    }

    /// <summary>Every rejection is appealed after the escrow has gone back, and upheld.</summary>
    private static void Appeals(TaskLife task, Books books)
    {
        var posted = task.Events.Count;
        foreach (var rejected in task.State.Assignments.Where(a => a.Status == AssignmentStatus.Rejected).ToArray())
        {
            Only<TaskEvent.Appealed, TaskEvent>(task.Appeal(rejected.Id, Enumerable.Range(1, 100).First(n => Worker(n) == rejected.Worker)));
            task.ResolveAppeal(rejected.Id, uphold: true, escrowPays: false);
        }

        books.PostFrom(task, posted);
    }

    private static void PayOut(WorkerId worker, Books books, bool refused)
    {
        var earned = books.Balance(Account.Earned(worker));
        if (earned == 0)
            return;
        var payout = Id<PayoutId>(1);
        books.Post(new WorkerEvent.PayoutRequested { Worker = worker, Payout = payout, AmountMicros = earned, Currency = Currency.Usd });
        Assert.Equal((0, earned), (books.Balance(Account.Earned(worker)), books.Balance(Account.InTransit(payout))));
        books.Post(refused
            ? new PayoutEvent.Voided { Payout = payout, Worker = worker, AmountMicros = earned, Currency = Currency.Usd, Reason = "r" }
            : new PayoutEvent.Posted { Payout = payout, Worker = worker, AmountMicros = earned, Currency = Currency.Usd, Reference = "r" });
        Assert.Equal((refused ? earned : 0, 0), (books.Balance(Account.Earned(worker)), books.Balance(Account.InTransit(payout))));
    }

    /// <summary>Double entry: credits less debits by account, checked after every event.</summary>
    private sealed class Books
    {
        private readonly Dictionary<string, long> _balances = new(StringComparer.Ordinal);

        public List<string> Paid { get; } = [];

        public long Balance(string account) => _balances.GetValueOrDefault(account);

        public int PostFrom(TaskLife task, int from)
        {
            foreach (var e in task.Events.Skip(from))
                Post(e);
            return task.Events.Count;
        }

        public void Post(DomainEvent e)
        {
            foreach (var transfer in LedgerRules.TransfersOf(e))
            {
                Assert.True(transfer.AmountMicros > 0);
                Assert.NotEqual(transfer.Debit, transfer.Credit);
                _balances[transfer.Debit] = Balance(transfer.Debit) - transfer.AmountMicros;
                _balances[transfer.Credit] = Balance(transfer.Credit) + transfer.AmountMicros;
                if (transfer.Kind == TransferKind.Pay)
                    Paid.Add(transfer.Reference);
            }

            Assert.Equal(0, _balances.Values.Sum());
            Assert.All(_balances, b => Assert.True(b.Value >= 0 || Account.MayBeNegative(b.Key), $"{b.Key} is overdrawn."));
        }
    }
}
