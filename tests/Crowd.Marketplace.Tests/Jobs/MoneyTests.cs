using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class MoneyTests : IDisposable
{
    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void No_lease_is_given_that_the_escrow_does_not_cover_and_more_money_goes_on()
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester, tasks: 10, fundMicros: 30_000);
        var worker = _market.AddWorker();
        Assert.Equal(2, _market.Request(job, worker, count: 5).Count);
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(_market.AddWorker(), 1, Cast.Actor)));

        _market.Fund(requester, job, 6_000);
        Assert.Equal(3, _market.Request(job, worker, count: 5).Count);
        Assert.Equal(36_000, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
    }

    [Fact]
    public void The_budget_is_the_same_after_a_restart()
    {
        var requester = _market.AddRequester();
        var spec = Cast.Spec(p => p with { WhenUnsettled = WhenUnsettled.Escalate, Redundancy = new() { MinAnswers = 2, MaxAnswers = 2, TargetConfidence = 0.99 } });
        var job = _market.AddJob(requester, tasks: 6, spec: spec, fundMicros: 60_000);
        var (a, b) = (_market.AddWorker(), _market.AddWorker());

        // t0 escalated with two answers not settled, t1 with one answer, t2 leased: 48,000 of 60,000 are reserved.
        _market.Work(job, a, Cast.Yes);
        _market.Work(job, b, Cast.No);
        _market.Work(job, a, Cast.Yes);
        _market.Request(job, a);
        Assert.Equal(48_000, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);

        _market.Crash();
        Assert.Single(_market.Request(job, b, count: 5));
        Assert.Equal(60_000, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);

        // What is let go can be given out again, once.
        _market.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(2, _market.Request(job, b, count: 5).Count);
        Assert.Equal(60_000, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
    }

    [Fact]
    public void A_new_price_holds_for_what_is_given_out_from_then_on()
    {
        var job = _market.AddJob(_market.AddRequester(), tasks: 2);
        var worker = _market.AddWorker();
        var old = _market.Request(job, worker)[0];
        _market.Must(() => _market.Job(job).ChangeAsync(Cast.Spec(p => p with { PayMicros = 50_000 }), Cast.Actor));
        var leases = _market.Request(job, worker, count: 2);

        Assert.Equal([10_000, 50_000], leases.Select(l => l.PayMicros));
        Assert.Equal(10_000, old.PayMicros);
        Assert.Equal(72_000, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
    }

    [Fact]
    public void Which_answers_are_paid_cannot_change_once_workers_were_let_in()
    {
        var requester = _market.AddRequester();
        var job = _market.AddJob(requester);
        Assert.Equal(RejectionCode.JobStatus, _market.Refused(() => _market.Job(job).ChangeAsync(Cast.Spec(p => p with { PayFor = PayFor.Reviewed }), Cast.Actor)));
        _market.Must(() => _market.Job(_market.AddDraft(requester)).ChangeAsync(Cast.Spec(p => p with { PayFor = PayFor.Reviewed }), Cast.Actor));
    }

    [Fact]
    public void A_worker_gets_no_more_than_the_caps_allow()
    {
        var spec = Cast.Spec(p => p with { Caps = new() { LeasesPerWorker = 2, AnswersPerWorker = 3 } });
        var job = _market.AddJob(_market.AddRequester(), tasks: 10, spec: spec);
        var worker = _market.AddWorker();
        var leases = _market.Request(job, worker, count: 5);
        Assert.Equal(2, leases.Count);
        foreach (var lease in leases)
            _market.Submit(lease, worker, Cast.Yes);

        _market.Crash();
        var last = Assert.Single(_market.Request(job, worker, count: 5));
        _market.Submit(last, worker, Cast.Yes);
        Assert.Equal(RejectionCode.WorkerCapReached, _market.Refused(() => _market.Job(job).RequestWorkAsync(worker, 1, Cast.Actor)));
    }

    [Fact]
    public void Nobody_without_the_right_or_the_means_gets_work()
    {
        var job = _market.AddJob(_market.AddRequester(), spec: Cast.Spec(p => p with { Qualifications = ["lang:de"] }));
        var worker = _market.AddWorker();
        RejectionCode Asked() => _market.Refused(() => _market.Job(job).RequestWorkAsync(worker, 1, Cast.Actor));
        Assert.Equal(RejectionCode.QualificationMissing, Asked());
        _market.Must(() => _market.Worker(worker).GrantAsync("lang:de", "passed", Cast.Actor));
        _market.Must(() => _market.Worker(worker).SuspendAsync(_market.Time.GetUtcNow().AddDays(1), "spam", Cast.Actor));
        Assert.Equal(RejectionCode.WorkerSuspended, Asked());
        _market.Pass(TimeSpan.FromDays(2));
        _market.Must(() => _market.Job(job).ExcludeAsync(worker, "not here", Cast.Actor));
        Assert.Equal(RejectionCode.WorkerExcluded, Asked());
        _market.Must(() => _market.Job(job).ReadmitAsync(worker, "again", Cast.Actor));
        Assert.Single(_market.Request(job, worker));
    }
}
