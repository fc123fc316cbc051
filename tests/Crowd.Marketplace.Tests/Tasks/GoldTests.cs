using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

/// <summary>Gold made from decided tasks, and adjudications that come after.</summary>
public sealed class GoldTests : IDisposable
{
    private static readonly JobSpec OnlyGold = Cast.Spec(p => p with { Gold = new() { Share = 0.5 } });

    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_decided_task_made_gold_is_given_to_others_and_never_again_to_those_who_had_it()
    {
        var (job, task, first) = Decided();
        _market.Must(() => _market.Task(task).MakeGoldAsync("clear", Cast.Actor));
        Assert.DoesNotContain(Drain(job, first[0]), l => l.Assignment.Task == task);
        var other = _market.AddWorker();
        Assert.Contains(Drain(job, other), l => l.Assignment.Task == task);
        Assert.Equal((1, 0), (Gold(job, task).Columns[GoldTable.Made].Integer, Gold(job, task).Columns[GoldTable.Answers].Integer));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void It_is_still_gold_after_the_job_was_read_again_and_a_retired_one_is_not()
    {
        var (job, task, first) = Decided();
        _market.Must(() => _market.Task(task).MakeGoldAsync("clear", Cast.Actor));
        _market.Crash();
        Assert.DoesNotContain(Drain(job, first[0]), l => l.Assignment.Task == task);
        Assert.Contains(Drain(job, _market.AddWorker()), l => l.Assignment.Task == task);
        _market.Pass(TimeSpan.FromMinutes(11)); // what was taken is free again
        _market.Must(() => _market.Task(task).RetireGoldAsync("known to all", Cast.Actor));
        Assert.DoesNotContain(Drain(job, _market.AddWorker()), l => l.Assignment.Task == task);
        _market.Crash();
        Assert.DoesNotContain(Drain(job, _market.AddWorker()), l => l.Assignment.Task == task);
    }

    [Fact]
    public void Its_hits_are_counted_and_the_job_still_comes_to_its_end_with_every_micro_accounted_for()
    {
        var (job, task, _) = Decided();
        _market.Must(() => _market.Task(task).MakeGoldAsync("clear", Cast.Actor));
        foreach (var (answer, i) in new[] { Cast.Yes, Cast.No }.Select((a, i) => (a, i)))
        {
            var worker = _market.AddWorker();
            var lease = Drain(job, worker).Single(l => l.Assignment.Task == task);
            _market.Submit(lease, worker, answer);
            Assert.Equal(i + 1, Gold(job, task).Columns[GoldTable.Answers].Integer);
        }

        Assert.Equal((2, 1), (Gold(job, task).Columns[GoldTable.Offers].Integer, Gold(job, task).Columns[GoldTable.Hits].Integer));
        _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
        _market.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal("closed", _market.StatusOf(job));
        Assert.Equal(0, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
        Assert.Equal(0, _market.Balance(Account.Escrow(job)));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void Imported_gold_that_nobody_has_had_is_retired_for_good()
    {
        var job = _market.AddJob(_market.AddRequester(), tasks: 10, spec: OnlyGold, gold: 1);
        var gold = _market.TaskOf(job, "g0");
        _market.Must(() => _market.Task(gold).RetireGoldAsync("leaked", Cast.Actor));
        Assert.DoesNotContain(Drain(job, _market.AddWorker()), l => l.Assignment.Task == gold);
        _market.Crash();
        Assert.DoesNotContain(Drain(job, _market.AddWorker()), l => l.Assignment.Task == gold);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_proved_right_is_paid_from_the_escrow_while_there_is_one_else_by_the_platform(bool closed)
    {
        var (job, task, workers) = Decided(outvoted: true);
        var outvoted = workers[^1];
        if (closed)
        {
            _market.Must(() => _market.Job(job).CloseAsync(cancel: false, Cast.Actor));
            _market.Pass(TimeSpan.FromSeconds(5));
            Assert.Equal("closed", _market.StatusOf(job));
        }

        for (var i = 0; i < 2; i++)
            _market.Must(() => _market.Task(task).AdjudicateAsync(Cast.No, "looked again", Cast.Actor));
        Assert.Equal(10_000, _market.Balance(Account.Earned(outvoted)));
        Assert.Equal(closed ? -10_000 : 0, _market.Balance(Account.Appeals));
        Assert.Equal(0, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);
        Assert.Equal((3, 0), (_market.JobRow(job).Columns[JobsTable.Accepted].Integer, _market.JobRow(job).Columns[JobsTable.Rejected].Integer));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void Who_decides_on_what_has_changed_since_is_refused_unless_it_is_the_same_decision()
    {
        var (_, task, _) = Decided(outvoted: true);
        var seen = _market.TaskRow(task).Columns[TasksTable.Version].Integer;
        _market.Must(() => _market.Task(task).AdjudicateAsync(Cast.No, "one", Cast.Actor, seen));
        _market.Must(() => _market.Task(task).AdjudicateAsync(Cast.No, "one", Cast.Actor, seen));
        Assert.Equal(RejectionCode.VersionConflict, _market.Refused(() => _market.Task(task).AdjudicateAsync(Cast.Yes, "another", Cast.Actor, seen)));
        Assert.Equal("adjudication", _market.TaskRow(task).Columns[TasksTable.DecidedBy].Text);
    }

    [Fact]
    public void What_a_worker_did_is_done_again_by_another()
    {
        var job = _market.AddJob(_market.AddRequester(), spec: Cast.Spec());
        var (suspended, other, third) = (_market.AddWorker(), _market.AddWorker(), _market.AddWorker());
        var answer = _market.Work(job, suspended, Cast.No);
        _market.Must(() => _market.Task(answer.Task).RedoAsync(suspended, "clicks at random", Cast.Actor));
        Assert.Equal("rejected", _market.StatusOf(job, answer));
        _market.Work(job, other, Cast.Yes);
        _market.Work(job, third, Cast.Yes);
        Assert.Equal("decided", _market.StageOf(answer.Task));
        Assert.Equal(RejectionCode.NotFound, _market.Refused(() => _market.Task(answer.Task).RedoAsync(_market.AddWorker(), "nothing there", Cast.Actor)));
        Assert.Equal((0, 24_000), (_market.JobRow(job).Columns[JobsTable.Reserved].Integer, _market.JobRow(job).Columns[JobsTable.Spent].Integer));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void What_the_crowd_could_not_settle_waits_in_the_table_of_reviews_until_somebody_does()
    {
        var (job, task, _) = Decided(outvoted: true, confidence: 0.99);
        var review = Assert.Single(_market.Rows(DisagreementsTable.Table));
        Assert.Equal((task.Value, job.Value, "lowConfidence"), (review.Key[0].Text, review.Columns[DisagreementsTable.JobId].Text, review.Columns[DisagreementsTable.Cause].Text));
        _market.Must(() => _market.Task(task).AdjudicateAsync(Cast.Yes, "so it is", Cast.Actor));
        Assert.Empty(_market.Rows(DisagreementsTable.Table));
    }

    /// <summary>All that the job has for the worker, with a share of gold of one half.</summary>
    private IReadOnlyList<Jobs.Lease> Drain(JobId job, WorkerId worker) => _market.Request(job, worker, 30);

    private Row Gold(JobId job, TaskId task) => _market.Row(GoldTable.Table, job.Value, task.Value);

    /// <summary>A job with one decided task and many open ones, and who decided it.</summary>
    private (JobId Job, TaskId Task, WorkerId[] Workers) Decided(bool outvoted = false, double confidence = 0.8)
    {
        var spec = Cast.Spec(p => p with
        {
            Gold = new() { Share = 0.5 },
            Caps = new() { LeasesPerWorker = 30 },
            Redundancy = outvoted ? new() { MinAnswers = 3, MaxAnswers = 3, TargetConfidence = confidence } : p.Redundancy,
        });
        var job = _market.AddJob(_market.AddRequester(), tasks: outvoted ? 1 : 12, spec: spec);
        var workers = _market.AddWorkers(outvoted ? 3 : 2);
        TaskId task = default;
        for (var i = 0; i < workers.Length; i++)
            task = _market.Work(job, workers[i], outvoted && i == 2 ? Cast.No : Cast.Yes).Task;
        Assert.Equal("decided", _market.StageOf(task));
        return (job, task, workers);
    }
}
