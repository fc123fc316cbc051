using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class LifecycleTests : IDisposable
{
    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Theory]
    [InlineData(PayFor.Agreeing, 2, 1)]
    [InlineData(PayFor.All, 3, 0)]
    public void A_job_from_posting_to_closing_pays_what_its_policy_says_and_gives_the_rest_back(PayFor payFor, int paid, int rejected)
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester, spec: Cast.Spec(p => p with { PayFor = payFor, Redundancy = new() { MinAnswers = 3, MaxAnswers = 3, TargetConfidence = 0.6 } }), fundMicros: 100_000);
        var workers = _market.AddWorkers(3);
        _market.Work(job, workers[0], Cast.Yes);
        _market.Work(job, workers[1], Cast.No);
        _market.Work(job, workers[2], Cast.Yes);

        Assert.Equal("decided", _market.StageOf(_market.TaskOf(job, "t0")));
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromSeconds(5));

        var row = _market.JobRow(job);
        Assert.Equal("closed", row.Columns[JobsTable.Status].Text);
        Assert.Equal((paid, rejected), ((int)row.Columns[JobsTable.Accepted].Integer, (int)row.Columns[JobsTable.Rejected].Integer));
        Assert.Equal(paid * 12_000, row.Columns[JobsTable.Spent].Integer);
        Assert.Equal(100_000 - (paid * 12_000), row.Columns[JobsTable.Returned].Integer);
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
        Assert.Equal(paid * 2_000, _market.Balance(Account.Fees));
        Assert.Equal(10_000, _market.Balance(Account.Earned(workers[0])));
        Assert.Equal(payFor == PayFor.All ? 10_000 : 0, _market.Balance(Account.Earned(workers[1])));
        Assert.Equal((1_000 * Currency.MicrosPerUnit) - (paid * 12_000), _market.Balance(Account.Available(requester)));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void What_came_back_can_be_spent_on_another_job()
    {
        var requester = _market.AddRequester(units: 1);
        var job = _market.AddJob(requester, fundMicros: 1_000_000);
        var next = _market.AddDraft(requester);
        Assert.Equal(RejectionCode.InsufficientFunds, _market.Refused(() => _market.Requester(requester).FundJobAsync(_market.Ids.Next<HoldId>(), next, new(1_000_000, Currency.Usd), Cast.Actor)));

        _market.Must(() => _market.Job(job).CloseAsync(cancel: true, Cast.Actor));
        _market.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal("closed", _market.StatusOf(job));
        _market.Fund(requester, next, 1_000_000);
        Assert.Equal(1_000_000, _market.Balance(Account.Escrow(next)));
    }

    [Fact]
    public void A_job_is_opened_only_with_tasks_and_money_for_an_answer()
    {
        var requester = _market.AddRequester();
        var job = _market.AddDraft(requester);
        Assert.Equal(RejectionCode.JobStatus, _market.Refused(() => _market.Job(job).OpenAsync(Cast.Actor)));
        _market.Import(job, Cast.Draft("a"));
        _market.Fund(requester, job, 11_999);
        Assert.Equal(RejectionCode.InsufficientFunds, _market.Refused(() => _market.Job(job).OpenAsync(Cast.Actor)));
        _market.Fund(requester, job, 1);
        _market.Must(() => _market.Job(job).OpenAsync(Cast.Actor));
        Assert.Equal("open", _market.StatusOf(job));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Tasks_asked_for_together_come_in_the_order_of_the_queue(int seed)
    {
        using var market = new Market(seed);
        var job = market.AddJob(market.AddRequester(), tasks: 8);

        var tasks = market.Request(job, market.AddWorker(), count: 8).Select(l => l.Assignment.Task.Value).ToArray();

        Assert.Equal(tasks.Order(StringComparer.Ordinal), tasks);
    }

    [Fact]
    public void A_paused_job_gives_out_nothing_but_takes_the_answers_under_way()
    {
        var job = _market.AddJob(_market.AddRequester(), tasks: 5);
        var worker = _market.AddWorker();
        var lease = _market.Request(job, worker)[0];
        _market.Must(() => _market.Job(job).PauseAsync("lunch", Cast.Actor));

        Assert.Equal(RejectionCode.JobStatus, _market.Refused(() => _market.Job(job).RequestWorkAsync(_market.AddWorker(), 1, Cast.Actor)));
        Assert.Equal(lease, Assert.Single(_market.Request(job, worker, count: 3)));
        Assert.False(_market.Submit(lease, worker, Cast.Yes));

        _market.Must(() => _market.Job(job).OpenAsync(Cast.Actor));
        Assert.Equal(3, _market.Request(job, worker, count: 3).Count);
    }

    [Fact]
    public void A_closing_job_waits_for_its_live_leases_and_takes_their_answers()
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester, tasks: 2, fundMicros: 100_000);
        var (first, second) = (_market.AddWorker(), _market.AddWorker());
        var answered = _market.Request(job, first)[0];
        _market.Request(job, second);
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal("closing", _market.StatusOf(job));

        Assert.False(_market.Submit(answered, first, Cast.Yes));
        _market.Pass(TimeSpan.FromMinutes(6));

        Assert.Equal("closed", _market.StatusOf(job));
        Assert.Equal("decided", _market.StageOf(answered.Assignment.Task));
        Assert.Equal("accepted", _market.StatusOf(job, answered.Assignment));
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
        Assert.Equal(10_000, _market.Balance(Account.Earned(first)));
    }

    [Fact]
    public void A_cancelled_job_pays_what_was_submitted_and_decides_nothing()
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester, fundMicros: 100_000);
        var worker = _market.AddWorker();
        var answered = _market.Work(job, worker, Cast.Yes);
        _market.Must(() => _market.Job(job).CloseAsync(cancel: true, Cast.Actor));
        _market.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal("closed", _market.StatusOf(job));
        Assert.Equal("closed", _market.StageOf(answered.Task));
        Assert.Equal(10_000, _market.Balance(Account.Earned(worker)));
        Assert.Equal(88_000, _market.JobRow(job).Columns[JobsTable.Returned].Integer);
        Assert.Equal(RejectionCode.JobStatus, _market.Refused(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor)));
    }

    [Fact]
    public void Asking_for_the_same_thing_twice_changes_nothing()
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester);
        var hold = _market.Fund(requester, job, 50_000);
        var events = _market.Events().Count;

        _market.Must(() => _market.Requester(requester).FundJobAsync(hold, job, new(50_000, Currency.Usd), Cast.Actor));
        _market.Must(() => _market.Job(job).ReceiveFundsAsync(hold, 50_000, Cast.Actor));
        _market.Must(() => _market.Job(job).OpenAsync(Cast.Actor));
        _market.Must(() => _market.Requester(requester).CreateJobAsync(job.Value, Cast.Spec(), "hash", _market.Ids.Next<JobId>(), Cast.Actor));

        Assert.Equal(events, _market.Events().Count);
        Assert.Equal(RejectionCode.IdempotencyConflict, _market.Refused(() => _market.Requester(requester).FundJobAsync(hold, job, new(50_001, Currency.Usd), Cast.Actor)));
        Assert.Equal(RejectionCode.IdempotencyConflict, _market.Refused(() => _market.Requester(requester).CreateJobAsync(job.Value, Cast.Spec(), "other", job, Cast.Actor)));
    }

    [Fact]
    public void Money_for_a_job_that_is_not_there_or_not_in_its_currency_stays_with_the_requester()
    {
        var requester = _market.AddRequester();
        var job = _market.AddDraft(requester);
        Assert.True(Currency.TryParse("EUR", out var euro));
        _market.TopUp(requester, new(5_000_000, euro));

        Assert.Equal(RejectionCode.NotFound, _market.Refused(() => _market.Requester(requester).FundJobAsync(_market.Ids.Next<HoldId>(), _market.Ids.Next<JobId>(), new(1_000_000, Currency.Usd), Cast.Actor)));
        Assert.Equal(RejectionCode.Invalid, _market.Refused(() => _market.Requester(requester).FundJobAsync(_market.Ids.Next<HoldId>(), job, new(1_000_000, euro), Cast.Actor)));
        Assert.Equal(1_000 * Currency.MicrosPerUnit, _market.Balance(Account.Available(requester)));
    }

    [Fact]
    public void Money_that_reaches_a_job_after_its_end_goes_back_to_its_requester()
    {
        var requester = _market.AddRequester(units: 2);
        var job = _market.AddJob(requester, fundMicros: 1_000_000);
        _market.Reacts = false;
        var hold = _market.Ids.Next<HoldId>();

        // The hold is in the log, the job has not heard of it: as after a crash between the two.
        var held = new RequesterEvent.FundsHeld { Requester = requester, Hold = hold, Job = job, AmountMicros = 500_000, Currency = Currency.Usd };
        var version = _market.Events().Count(e => e.Stored.Stream == requester.Value);
        var log = new EventLog(_market.Journal, _market.Time);
        _market.Do(() => log.AppendAsync(requester.Value, version, log.Now, Cast.Actor, [held], null, CancellationToken.None));
        _market.Crash();
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal("closed", _market.StatusOf(job));

        _market.Reacts = true;
        _market.Settle();
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
        Assert.Equal(2_000_000, _market.Balance(Account.Available(requester)));
        _market.Fund(requester, _market.AddDraft(requester), 2_000_000);
    }
}
