using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;
using static Crowd.Marketplace.Tests.Cast;

namespace Crowd.Marketplace.Tests.Loop;

public sealed class RoutingTests : IDisposable
{
    private readonly Market _market = new();
    private readonly RequesterId _requester;

    public RoutingTests() => _requester = _market.AddRequester();

    public void Dispose() => _market.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tasks_are_routed_whether_predictions_come_with_them_or_later(bool withImport)
    {
        var job = _market.AddGate(_requester);
        (string Id, double Sure)[] all = [("accepted", 0.95), ("crowd", 0.7), ("expert", 0.4), ("held", 0.1)];
        _market.Import(job, [.. all.Select(t => Draft(t.Id) with { Predictions = withImport ? [Machine.Says(Yes, t.Sure)] : null })]);
        if (!withImport)
            Assert.Equal(4, _market.Predict(job, [.. all.Select(t => (t.Id, Machine.Says(Yes, t.Sure)))]).Added);
        Assert.Equal(["decided", "open", "open", "escalated"], all.Select(t => _market.StageOf(_market.TaskOf(job, t.Id))));
        var accepted = _market.TaskRow(_market.TaskOf(job, "accepted")).Columns;
        Assert.Equal(("machine", "accept"), (accepted[TasksTable.DecidedBy].Text, accepted[TasksTable.Route].Text));
        Assert.Equal(0L, _market.JobRow(job).Columns[JobsTable.Reserved].Integer);

        // Anybody gets what is for the crowd; the rest only those who are qualified, or nobody.
        var plain = _market.AddWorker();
        Assert.Equal([_market.TaskOf(job, "crowd")], _market.Request(job, plain, 10).Select(l => l.Assignment.Task));
        _market.Crash();
        var expert = _market.AddWorker();
        _market.Must(() => _market.Worker(expert).GrantAsync("expert", "exam", Actor));
        Assert.Equal(
            new[] { "crowd", "expert" }.Select(t => _market.TaskOf(job, t)).ToHashSet(),
            _market.Request(job, expert, 10).Select(l => l.Assignment.Task).ToHashSet());
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_prediction_that_comes_when_people_have_begun_changes_nothing()
    {
        var job = _market.AddGate(_requester);
        _market.Import(job, Draft("t"));
        _market.Work(job, _market.AddWorker(), No);
        _market.Predict(job, ("t", Machine.Says(Yes, 0.95)));
        Assert.Equal("open", _market.StageOf(_market.TaskOf(job, "t")));
    }

    [Fact]
    public void An_audited_task_is_left_to_the_crowd_with_what_the_machine_would_have_done()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { AuditRate = 1 });
        _market.Import(job, Draft("t") with { Predictions = [Machine.Says(Yes, 0.95)] });
        Assert.Equal("audit", _market.TaskRow(_market.TaskOf(job, "t")).Columns[TasksTable.Route].Text);
        foreach (var worker in _market.AddWorkers(2))
            _market.Work(job, worker, No);
        var row = _market.TaskRow(_market.TaskOf(job, "t")).Columns;
        Assert.Equal("consensus", row[TasksTable.DecidedBy].Text);
        Assert.Contains("\"no\"", row[TasksTable.Label].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_s_decision_can_be_corrected_by_a_quality_manager()
    {
        var job = _market.AddGate(_requester);
        _market.Import(job, Draft("t") with { Predictions = [Machine.Says(Yes, 0.95)] });
        var task = _market.TaskOf(job, "t");
        _market.Must(() => _market.Task(task).AdjudicateAsync(No, "seen", Actor));
        Assert.Equal("adjudication", _market.TaskRow(task).Columns[TasksTable.DecidedBy].Text);
        Assert.Equal(1L, _market.JobRow(job).Columns[JobsTable.Decided].Integer);
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void The_same_prediction_again_is_known_and_another_of_the_same_version_refused()
    {
        var job = _market.AddJob(_requester);
        Assert.Equal(1, _market.Predict(job, ("t0", Machine.Says(Yes, 0.5))).Added);
        _market.Crash();
        var again = _market.Predict(job, ("t0", Machine.Says(Yes, 0.5)), ("t0", Machine.Says(No, 0.5)), ("nowhere", Machine.Says(Yes, 0.5)), ("t0", Machine.Says(No, 0.5, "2")));
        Assert.Equal((1, 1), (again.Added, again.Known));
        Assert.Equal([(1, RejectionCode.IdempotencyConflict), (2, RejectionCode.NotFound)], again.Refused.Select(r => (r.Place, r.Why.Code)));
        Assert.Equal(2, _market.Rows(PredictionsTable.Table).Count);
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void What_is_new_among_labelled_tasks_is_known_by_its_words()
    {
        var policy = Machine.Policy with { Rules = [new() { Id = "new", When = new() { Novelty = new(0.5, null) }, Action = RouteAction.Hold }] };
        var job = _market.AddGate(_requester, policy);
        _market.Import(job, Draft("old"));
        foreach (var worker in _market.AddWorkers(2))
            _market.Work(job, worker, Yes);
        Assert.Equal(RouteAction.Crowd, _market.Ask(job, "k1", Yes, 0.5, """{"text":"So it is."}""").State.Routing!.Action);
        var held = _market.Ask(job, "k2", Yes, 0.5, """{"text":"Entirely other words"}""");
        Assert.Equal(("new", "1"), (held.State.Routing!.Rule, held.State.Routing.Why.Single(w => w.Of == "novelty").Value));
    }

    [Fact]
    public void A_preview_counts_what_the_rules_would_have_done_and_how_often_people_contradict()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { Rules = [] });
        _market.Import(job, [.. Enumerable.Range(0, 20).Select(i => Draft($"t{i}") with { Predictions = [Machine.Says(Yes, i < 10 ? 0.95 : 0.7)] })]);
        foreach (var worker in _market.AddWorkers(2))
        {
            for (var i = 0; i < 20; i++)
            {
                var lease = _market.Request(job, worker)[0];
                _market.Submit(lease, worker, lease.Assignment.Task == _market.TaskOf(job, "t0") ? No : Yes);
            }
        }

        var spec = _market.Do(() => _market.Job(job).GetSpecAsync());
        var preview = _market.Do(() => RoutingPreview.RunAsync(_market.Journal, _market.Grains, job, spec, Machine.Policy));
        Assert.Equal(20, preview.Tasks);
        Assert.Equal(
            [("sure", RouteAction.Accept, 10, 10, 1), ("likely", RouteAction.Crowd, 10, 10, 0)],
            preview.Parts.Select(p => (p.Rule!, p.Action, p.Tasks, p.Known, p.Wrong)));
        Assert.Equal(0.1, preview.Error.Value, 6);
        Assert.True(preview.Error.Low < 0.1 && preview.Error.High > 0.1);
        Assert.Equal((10 * 2 * 12_000L, 20 * 2 * 12_000L), (preview.CostMicros, preview.AllCostMicros));
    }

    [Fact]
    public void A_version_is_approved_only_after_it_was_compared_on_tasks_that_people_labelled_later()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { Rules = [] }, approved: false);
        Assert.Equal(RejectionCode.WindowClosed, _market.Refused(() => _market.Models(job).ApproveAsync("net", "1", "hope", Actor)));
        _market.Import(job, [.. Enumerable.Range(0, 40).Select(i => Draft($"t{i}") with { Predictions = [Machine.Says(i < 4 ? No : Yes, 0.9)] })]);
        _market.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var worker in _market.AddWorkers(2))
        {
            for (var i = 0; i < 40; i++)
                _market.Work(job, worker, Yes);
        }

        var compared = _market.Must(() => _market.Models(job).CompareAsync("net", "1", Actor));
        Assert.Equal((40, 36, 0.9), (compared.Figures!.Tasks, compared.Figures.Right, compared.Figures.Accuracy));
        Assert.Equal(ModelStatus.Approved, _market.Must(() => _market.Models(job).ApproveAsync("net", "1", "9 of 10", Actor)).Status);
        Assert.Equal("approved", _market.Row(ModelsTable.Table, job.Value, "net", "1").Columns[ModelsTable.Status].Text);

        // What it says of tasks that were labelled before tells nothing: it may have learnt them.
        _market.Predict(job, [.. Enumerable.Range(0, 40).Select(i => ($"t{i}", Machine.Says(Yes, 0.9, "2")))]);
        Assert.Equal(0, _market.Must(() => _market.Models(job).CompareAsync("net", "2", Actor)).Figures!.Tasks);
        _market.AssertRebuildGivesTheSame();
    }
}
