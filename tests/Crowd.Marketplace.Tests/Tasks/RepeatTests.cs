using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

/// <summary>Tasks shown again to who answered them: paid like any answer, never a vote.</summary>
public sealed class RepeatTests : IDisposable
{
    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_repeat_comes_at_the_distance_or_later_once_for_each_task_and_is_no_vote()
    {
        var (job, worker) = Job(distance: 3, tasks: 40);
        var order = new List<AssignmentId>();
        while (_market.Job(job) is var grain && _market.Do(() => grain.RequestWorkAsync(worker, 1, Cast.Actor)) is { Accepted: true, Value: var leases })
        {
            _market.Submit(leases[0], worker, Cast.Yes);
            order.Add(leases[0].Assignment);
        }

        var repeats = order.Where(IsRepeat).ToList();
        Assert.Equal(40, order.Count - repeats.Count);
        Assert.InRange(repeats.Count, 4, 16); // a fifth of the offers, by chance
        Assert.Equal(repeats.Count, repeats.Select(r => r.Task).Distinct().Count());
        foreach (var repeat in repeats)
        {
            var first = order.FindIndex(a => a.Task == repeat.Task);
            Assert.True(order.Take(order.IndexOf(repeat)).Skip(first + 1).Count(a => !IsRepeat(a)) >= 3);
            Assert.Equal(1, _market.AssignmentRow(job, repeat).Columns[AssignmentsTable.Consistent].Integer);
            Assert.Equal(1, _market.TaskRow(repeat.Task).Columns[TasksTable.Answers].Integer);
            Assert.Equal("open", _market.StageOf(repeat.Task)); // two that agree would decide
        }

        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void It_is_settled_with_its_task_or_at_once_if_that_is_decided_and_every_micro_is_accounted_for()
    {
        var (job, worker) = Job(distance: 1, tasks: 30);
        var repeat = FirstRepeat(job, worker, Cast.No);
        Assert.Equal("submitted", _market.StatusOf(job, repeat));
        Assert.Equal(0, _market.AssignmentRow(job, repeat).Columns[AssignmentsTable.Consistent].Integer);

        // Another worker agrees with the first answer: the task is decided, and the repeat, which said otherwise, is not paid.
        var other = _market.AddWorker();
        var lease = _market.Request(job, other, 30).Single(l => l.Assignment.Task == repeat.Task);
        _market.Submit(lease, other, Cast.Yes);
        Assert.Equal("decided", _market.StageOf(repeat.Task));
        Assert.Equal("rejected", _market.StatusOf(job, repeat));

        // The same worker's next repeat is of a decided task now and then; whatever comes, it is paid as the label says.
        var row = _market.TaskRow(repeat.Task);
        Assert.Equal((2, 24_000, 0), (row.Columns[TasksTable.Answers].Integer, row.Columns[TasksTable.Spent].Integer, row.Columns[TasksTable.Unsettled].Integer));
        End(job);
    }

    [Fact]
    public void A_repeat_of_a_decided_task_is_paid_at_once_from_the_escrow()
    {
        var (job, worker) = Job(distance: 1, tasks: 6);
        var other = _market.AddWorker();
        foreach (var lease in _market.Request(job, other, 6))
            _market.Submit(lease, other, Cast.Yes);
        var repeat = FirstRepeat(job, worker, Cast.Yes);
        Assert.Equal(("decided", "accepted"), (_market.StageOf(repeat.Task), _market.StatusOf(job, repeat)));
        Assert.Equal(36_000, _market.TaskRow(repeat.Task).Columns[TasksTable.Spent].Integer);
        End(job);
        Assert.Equal(10_000 * _market.Rows(AssignmentsTable.Table).Count(r => r.Columns[AssignmentsTable.Status].Text == "accepted"), _market.Balance(Account.Earned(worker)) + _market.Balance(Account.Earned(other)));
    }

    [Fact]
    public void After_a_crash_the_lease_is_still_the_workers_it_ends_with_its_time_and_what_was_repeated_is_known()
    {
        var (job, worker) = Job(distance: 1, tasks: 30);
        var seen = new List<AssignmentId>();
        Jobs.Lease lease;
        while (!IsRepeat((lease = _market.Request(job, worker)[0]).Assignment))
        {
            _market.Submit(lease, worker, Cast.Yes);
            seen.Add(lease.Assignment);
        }

        var reserved = _market.JobRow(job).Columns[JobsTable.Reserved].Integer;
        _market.Crash();
        Assert.Equal(lease.Assignment, _market.Request(job, worker)[0].Assignment);

        // The lease of a repeat takes no place of the task's.
        var others = _market.AddWorkers(2);
        Assert.Contains(_market.Request(job, others[0], 30), l => l.Assignment.Task == lease.Assignment.Task);
        Assert.True(_market.JobRow(job).Columns[JobsTable.Reserved].Integer > reserved);

        _market.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal("expired", _market.StatusOf(job, lease.Assignment));
        for (var i = 0; i < 20; i++)
        {
            var next = _market.Request(job, worker)[0];
            Assert.NotEqual(lease.Assignment.Task, next.Assignment.Task);
            _market.Submit(next, worker, Cast.Yes);
        }

        _market.AssertRebuildGivesTheSame();
        End(job);
    }

    [Fact]
    public void A_reviewed_repeat_on_a_task_that_the_job_let_go_keeps_the_job_open_until_its_window_is_over()
    {
        var (job, worker) = Job(distance: 1, tasks: 6, payFor: PayFor.Reviewed);
        var other = _market.AddWorker();
        foreach (var lease in _market.Request(job, other, 6))
            _market.Submit(lease, other, Cast.Yes);
        var repeat = FirstRepeat(job, worker, Cast.Yes, approveEach: true);
        Assert.Equal("submitted", _market.StatusOf(job, repeat));
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromHours(1));
        Assert.Equal("closing", _market.StatusOf(job));
        _market.Pass(TimeSpan.FromDays(4));
        Assert.Equal(("closed", "accepted"), (_market.StatusOf(job), _market.StatusOf(job, repeat)));
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
    }

    private (JobId Job, WorkerId Worker) Job(int distance, int tasks, PayFor payFor = PayFor.Agreeing)
    {
        var spec = Cast.Spec(p => p with { PayFor = payFor, Repeats = new() { Share = RepeatPolicy.MostShare, Distance = distance }, Caps = new() { LeasesPerWorker = 50 } });
        return (_market.AddJob(_market.AddRequester(), tasks, spec), _market.AddWorker());
    }

    /// <summary>Has the worker say yes until a task comes again, and then the other thing.</summary>
    private AssignmentId FirstRepeat(JobId job, WorkerId worker, Answer then, bool approveEach = false)
    {
        while (true)
        {
            var lease = _market.Request(job, worker)[0];
            var again = IsRepeat(lease.Assignment);
            _market.Submit(lease, worker, again ? then : Cast.Yes);
            if (again)
                return lease.Assignment;
            if (approveEach)
            {
                foreach (var row in _market.Rows(AssignmentsTable.Table).Where(r => r.Columns[AssignmentsTable.Status].Text == "submitted").ToList())
                    _market.Must(() => _market.Task(TaskId.From(row.Key[1].Text)).ReviewAsync(AssignmentId.Of(TaskId.From(row.Key[1].Text), (int)row.Key[2].Integer), true, "fine", Cast.Actor));
            }
        }
    }

    private bool IsRepeat(AssignmentId id) =>
        !_market.Rows(AssignmentsTable.Table).Single(r => r.Key[1].Text == id.Task.Value && r.Key[2].Integer == id.Ordinal).Columns[AssignmentsTable.Repeats].IsNull;

    private void End(JobId job)
    {
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal("closed", _market.StatusOf(job));
        Assert.Equal(0, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
    }
}
