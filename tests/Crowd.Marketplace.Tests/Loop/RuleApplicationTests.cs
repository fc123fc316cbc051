using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;
using static Crowd.Marketplace.Tests.Cast;

namespace Crowd.Marketplace.Tests.Loop;

/// <summary>Rules that changed, applied to the tasks that were there before.</summary>
public sealed class RuleApplicationTests : IDisposable
{
    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Tasks_that_nobody_has_begun_go_the_way_of_the_new_rules_and_the_others_stay()
    {
        var job = _market.AddGate(_market.AddRequester());
        (string Id, double Sure)[] all = [("accepted", 0.95), ("crowd", 0.7), ("begun", 0.7), ("expert", 0.4), ("held", 0.1), ("looked-at", 0.2)];
        _market.Import(job, [.. all.Select(t => Draft(t.Id) with { Predictions = [Machine.Says(Yes, t.Sure)] })]);
        var worker = _market.AddWorker();
        var first = _market.Request(job, worker)[0].Assignment.Task;
        var begun = first == _market.TaskOf(job, "begun") ? "begun" : "crowd";
        var waiting = begun == "begun" ? "crowd" : "begun";
        _market.Must(() => _market.Task(_market.TaskOf(job, "looked-at")).AdjudicateAsync(No, "seen", Actor));

        // From 0.6 the machine decides, from 0.3 the crowd, and what was held is for experts.
        var policy = Machine.Policy with
        {
            Rules =
            [
                new() { Id = "sure", When = new() { Confidence = new(0.6, null) }, Action = RouteAction.Accept },
                new() { Id = "likely", When = new() { Confidence = new(0.3, 0.6) }, Action = RouteAction.Crowd },
                new() { Id = "rest", Action = RouteAction.Expert, Qualification = "expert" },
            ],
        };
        _market.Must(() => _market.Job(job).ChangeLoopAsync(policy, Actor));
        var preview = Apply(job, preview: true);
        Assert.Equal("4 1 0: Crowd>Accept sure 1, Expert>Crowd likely 1, Hold>Expert rest 1", Say(preview));
        Assert.Equal("escalated", _market.StageOf(_market.TaskOf(job, "held")));
        Assert.Equal(Say(preview), Say(Apply(job, preview: false)));
        Assert.Equal("machine", _market.TaskRow(_market.TaskOf(job, waiting)).Columns[TasksTable.DecidedBy].Text);
        Assert.Equal(("open", "open", "decided"), (_market.StageOf(_market.TaskOf(job, begun)), _market.StageOf(_market.TaskOf(job, "held")), _market.StageOf(_market.TaskOf(job, "looked-at"))));
        Assert.Equal("3 1 2: ", Say(Apply(job, preview: false)));
        Assert.Empty(_market.Rows(DisagreementsTable.Table));

        // What was held is given to those who have the qualification, before and after the job was read again.
        Assert.Equal([_market.TaskOf(job, "expert")], Asked(job, _market.AddWorker()).Where(t => t != first));
        _market.Crash();
        var expert = _market.AddWorker();
        _market.Must(() => _market.Worker(expert).GrantAsync("expert", "exam", Actor));
        Assert.Contains(_market.TaskOf(job, "held"), Asked(job, expert));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void What_was_held_may_be_accepted_or_left_to_the_crowd_that_audits_it()
    {
        var job = _market.AddGate(_market.AddRequester(), new() { Rules = [new() { Id = "all", Action = RouteAction.Hold }] });
        _market.Import(job, [.. Enumerable.Range(0, 8).Select(i => Draft($"t{i}") with { Predictions = [Machine.Says(Yes, 0.9)] })]);
        Assert.Equal(8, _market.Rows(DisagreementsTable.Table).Count);
        _market.Must(() => _market.Job(job).ChangeLoopAsync(new() { AuditRate = 0.5, Rules = [new() { Id = "all", Action = RouteAction.Accept }] }, Actor));
        Assert.Equal(8, Apply(job, preview: false).Changes.Sum(c => c.Tasks));
        var tasks = _market.Rows(TasksTable.Table);
        Assert.All(tasks, t => Assert.Equal(t.Columns[TasksTable.Route].Text == "audit" ? "open" : "decided", t.Columns[TasksTable.Stage].Text));
        Assert.InRange(tasks.Count(t => t.Columns[TasksTable.Route].Text == "audit"), 1, 7);
        _market.AssertRebuildGivesTheSame();
    }

    private RuleApplication Apply(JobId job, bool preview) =>
        _market.Do(async () => await RuleApplication.RunAsync(_market.Journal, _market.Grains, job, await _market.Job(job).GetSpecAsync(), preview));

    private static string Say(RuleApplication a) =>
        $"{a.Tasks} {a.Begun} {a.Unchanged}: " + string.Join(", ", a.Changes.OrderBy(c => c.From).Select(c => $"{c.From}>{c.To} {c.Rule} {c.Tasks}"));

    private IEnumerable<TaskId> Asked(JobId job, WorkerId worker) => _market.Request(job, worker, 10).Select(l => l.Assignment.Task);
}
