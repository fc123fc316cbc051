using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

public sealed class AnswerTests : IDisposable
{
    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Two_answers_that_agree_are_enough_and_no_third_is_bought()
    {
        var job = _market.AddJob(_market.AddRequester());
        _market.Work(job, _market.AddWorker(), Cast.Yes);
        _market.Work(job, _market.AddWorker(), Cast.Yes);

        var task = _market.TaskRow(_market.TaskOf(job, "t0"));
        Assert.Equal("decided", task.Columns[TasksTable.Stage].Text);
        Assert.Equal("consensus", task.Columns[TasksTable.DecidedBy].Text);
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(_market.AddWorker(), 1, Cast.Actor)));
    }

    [Fact]
    public void Two_answers_that_differ_ask_for_one_more_and_the_odd_one_is_not_paid()
    {
        var job = _market.AddJob(_market.AddRequester());
        var wrong = _market.Work(job, _market.AddWorker(), Cast.No);
        var right = _market.Work(job, _market.AddWorker(), Cast.Yes);
        Assert.Equal("open", _market.StageOf(right.Task));
        Assert.Equal(3, _market.TaskRow(right.Task).Columns[TasksTable.Wanted].Integer);

        var last = _market.Work(job, _market.AddWorker(), Cast.Yes);

        Assert.Equal("decided", _market.StageOf(right.Task));
        Assert.Equal(("rejected", "accepted", "accepted"), (_market.StatusOf(job, wrong), _market.StatusOf(job, right), _market.StatusOf(job, last)));
        Assert.Equal(20_000, _market.Balance(Account.Earned(_market.Events().Select(e => e.Event).OfType<TaskEvent.Offered>().Last().Worker)) * 2);
    }

    [Fact]
    public void What_the_crowd_cannot_settle_goes_to_a_quality_manager_whose_word_decides_who_is_paid()
    {
        var spec = Cast.Spec(p => p with { Redundancy = new() { MinAnswers = 2, MaxAnswers = 2, TargetConfidence = 0.99 }, WhenUnsettled = WhenUnsettled.Escalate });
        var job = _market.AddJob(_market.AddRequester(), spec: spec);
        var no = _market.Work(job, _market.AddWorker(), Cast.No);
        var yes = _market.Work(job, _market.AddWorker(), Cast.Yes);
        Assert.Equal("escalated", _market.StageOf(yes.Task));
        Assert.Equal(0, _market.JobRow(job).Columns[JobsTable.Spent].Integer);

        _market.Must(() => _market.Task(yes.Task).AdjudicateAsync(Cast.No, "it says so", Cast.Actor));
        _market.Must(() => _market.Task(yes.Task).AdjudicateAsync(Cast.No, "it says so", Cast.Actor));

        Assert.Equal(("accepted", "rejected"), (_market.StatusOf(job, no), _market.StatusOf(job, yes)));
        Assert.Equal(1, _market.Events().Count(e => e.Event is TaskEvent.Decided));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void The_same_answer_twice_is_one_answer_and_another_one_is_refused()
    {
        var job = _market.AddJob(_market.AddRequester());
        var worker = _market.AddWorker();
        var lease = _market.Request(job, worker)[0];
        Assert.False(_market.Submit(lease, worker, Cast.Yes));
        var events = _market.Events().Count;

        Assert.True(_market.Submit(lease, worker, Cast.Yes));
        Assert.Equal(RejectionCode.AlreadySubmitted, _market.Refused(() => _market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, worker, Cast.No, Cast.Actor)));
        Assert.Equal(RejectionCode.NotFound, _market.Refused(() => _market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, _market.AddWorker(), Cast.Yes, Cast.Actor)));
        Assert.Equal(events + 1, _market.Events().Count); // the other worker's registration
    }

    [Fact]
    public void An_answer_that_does_not_fit_the_schema_changes_nothing_and_the_lease_goes_on()
    {
        var job = _market.AddJob(_market.AddRequester());
        var worker = _market.AddWorker();
        var lease = _market.Request(job, worker)[0];
        Assert.Equal(RejectionCode.AnswerInvalid, _market.Refused(() => _market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, worker, new Answer.Choice("perhaps"), Cast.Actor)));
        Assert.False(_market.Submit(lease, worker, Cast.Yes));
    }

    [Fact]
    public void A_lease_that_is_over_goes_to_another_worker_and_its_late_answer_is_refused()
    {
        var job = _market.AddJob(_market.AddRequester(), spec: Cast.Spec(p => p with { Redundancy = new() { MinAnswers = 1, MaxAnswers = 1, TargetConfidence = 0.5 } }));
        var (slow, quick) = (_market.AddWorker(), _market.AddWorker());
        var lease = _market.Request(job, slow)[0];
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(quick, 1, Cast.Actor)));

        _market.Pass(TimeSpan.FromMinutes(11));

        Assert.Equal("expired", _market.StatusOf(job, lease.Assignment));
        Assert.Equal(0, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
        Assert.Equal(RejectionCode.LeaseExpired, _market.Refused(() => _market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, slow, Cast.Yes, Cast.Actor)));
        Assert.Equal(lease.Assignment.Task, _market.Work(job, quick, Cast.Yes).Task);
    }

    [Fact]
    public void A_worker_whose_lease_ended_may_have_the_task_again()
    {
        var job = _market.AddJob(_market.AddRequester());
        var worker = _market.AddWorker();
        var lease = _market.Request(job, worker)[0];
        _market.Pass(TimeSpan.FromMinutes(11));

        var again = _market.Request(job, worker)[0];
        Assert.Equal(lease.Assignment.Task, again.Assignment.Task);
        Assert.NotEqual(lease.Assignment, again.Assignment);
    }

    [Fact]
    public void A_returned_task_goes_to_others_and_not_to_the_same_worker()
    {
        var job = _market.AddJob(_market.AddRequester());
        var worker = _market.AddWorker();
        var lease = _market.Request(job, worker)[0];
        _market.Must(() => _market.Task(lease.Assignment.Task).ReturnAsync(lease.Assignment, worker, "too hard", Cast.Actor));
        _market.Must(() => _market.Task(lease.Assignment.Task).ReturnAsync(lease.Assignment, worker, "too hard", Cast.Actor));

        Assert.Equal("returned", _market.StatusOf(job, lease.Assignment));
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(worker, 1, Cast.Actor)));
        Assert.Equal(RejectionCode.AssignmentReturned, _market.Refused(() => _market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, worker, Cast.Yes, Cast.Actor)));
        Assert.Equal(lease.Assignment.Task, _market.Request(job, _market.AddWorker())[0].Assignment.Task);
    }

    [Fact]
    public void Asking_for_work_again_gives_the_same_leases()
    {
        var job = _market.AddJob(_market.AddRequester(), tasks: 10);
        var worker = _market.AddWorker();
        var leases = _market.Request(job, worker, count: 4);
        Assert.Equal(4, leases.Count);
        Assert.Equal(leases, _market.Request(job, worker, count: 4));
        Assert.Equal(leases, _market.Request(job, worker, count: 5).Take(4));
    }

    [Fact]
    public void A_lower_limit_of_answers_settles_tasks_that_have_them_already()
    {
        var job = _market.AddJob(_market.AddRequester());
        var no = _market.Work(job, _market.AddWorker(), Cast.No);
        _market.Work(job, _market.AddWorker(), Cast.Yes);
        Assert.Equal("open", _market.StageOf(no.Task));

        _market.Must(() => _market.Job(job).ChangeAsync(Cast.Spec(p => p with { Redundancy = new() { MinAnswers = 2, MaxAnswers = 2, TargetConfidence = 0.8 } }), Cast.Actor));
        _market.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal("decided", _market.StageOf(no.Task));
        Assert.Equal("lowConfidence", _market.TaskRow(no.Task).Columns[TasksTable.DecidedBy].Text);
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(_market.AddWorker(), 1, Cast.Actor)));
    }
}
