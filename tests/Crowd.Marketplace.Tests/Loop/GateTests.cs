using Crowd.Marketplace.Tables;
using static Crowd.Marketplace.Tests.Cast;

namespace Crowd.Marketplace.Tests.Loop;

public sealed class GateTests : IDisposable
{
    private readonly Market _market = new();
    private readonly RequesterId _requester;

    public GateTests() => _requester = _market.AddRequester();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_sure_prediction_of_an_approved_version_is_released_at_once_with_its_rule_and_reason()
    {
        var job = _market.AddGate(_requester);
        var sight = _market.Ask(job, "k1", Yes, 0.95);
        Assert.Equal(DecisionStatus.Released, sight.State.Status);
        Assert.Equal(ReleasedBy.Machine, sight.State.By);
        Assert.Equal(Yes, sight.State.Label);
        Assert.Equal("sure", sight.State.Routing!.Rule);
        Assert.Equal(1, sight.State.Routing.Version);
        Assert.Equal([new RoutingReason("confidence", "0.95")], sight.State.Routing.Why);
        Assert.Equal("released", _market.StatusOf(sight.Id));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_version_that_is_not_approved_decides_nothing_and_a_retired_one_no_more()
    {
        var job = _market.AddGate(_requester, approved: false);
        var before = _market.Ask(job, "k1", Yes, 0.95);
        Assert.Equal(DecisionStatus.Held, before.State.Status);
        Assert.Contains(new RoutingReason("notApproved", "sure"), before.State.Routing!.Why);
        _market.Approve(job);
        Assert.Equal(DecisionStatus.Released, _market.Ask(job, "k2", Yes, 0.95).State.Status);
        _market.Must(() => _market.Models(job).RetireAsync("net", "1", "drift", Actor));
        Assert.Equal(DecisionStatus.Held, _market.Ask(job, "k3", Yes, 0.95).State.Status);
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void The_same_request_again_is_the_same_decision_and_another_under_its_key_is_refused()
    {
        var job = _market.AddGate(_requester);
        var first = _market.Ask(job, "k1", Yes, 0.95);
        foreach (var crash in new[] { false, true })
        {
            if (crash)
                _market.Crash();
            var again = _market.Ask(job, "k1", Yes, 0.95);
            Assert.True(again.Repeated);
            Assert.Equal(first.Id, again.Id);
            Assert.Equal(RejectionCode.IdempotencyConflict, _market.Refused(() => _market.Gate(job).RequestAsync(new("k1", Machine.Input, Machine.Says(No, 0.95)), Actor)));
        }

        Assert.Equal(1, _market.Releases()[first.Id.Value]);
    }

    [Fact]
    public void A_held_decision_is_labelled_by_the_crowd_and_released_once()
    {
        var job = _market.AddGate(_requester);
        var held = _market.Ask(job, "k1", Yes, 0.7);
        Assert.Equal(DecisionStatus.Held, held.State.Status);
        foreach (var worker in _market.AddWorkers(2))
            Assert.Equal(held.Id.Task, _market.Work(job, worker, No).Task);
        var row = _market.DecisionRow(held.Id).Columns;
        Assert.Equal(("released", "consensus", 0L), (row[DecisionsTable.Status].Text, row[DecisionsTable.ReleasedBy].Text, row[DecisionsTable.Waiting].Integer));
        Assert.Contains("\"no\"", row[DecisionsTable.Label].Text, StringComparison.Ordinal);
        _market.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, _market.Releases()[held.Id.Value]);
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void Only_the_qualified_get_what_is_for_experts()
    {
        var job = _market.AddGate(_requester);
        var held = _market.Ask(job, "k1", Yes, 0.5);
        var workers = _market.AddWorkers(3);
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(workers[0], 1, Actor)));
        _market.Crash();
        Assert.Equal(RejectionCode.NoWork, _market.Refused(() => _market.Job(job).RequestWorkAsync(workers[0], 1, Actor)));
        foreach (var worker in workers[1..])
        {
            _market.Must(() => _market.Worker(worker).GrantAsync("expert", "exam", Actor));
            Assert.Equal(held.Id.Task, _market.Work(job, worker, Yes).Task);
        }

        Assert.Equal("released", _market.StatusOf(held.Id));
    }

    [Theory]
    [InlineData(GateFallback.Refuse, "refused", false)]
    [InlineData(GateFallback.Refuse, "refused", true)]
    [InlineData(GateFallback.Escalate, "escalated", false)]
    [InlineData(GateFallback.Escalate, "escalated", true)]
    public void The_fallback_applies_when_the_time_is_over_also_after_a_restart_and_never_passes(GateFallback fallback, string status, bool restart)
    {
        var job = _market.AddGate(_requester, Machine.Policy with { Gate = Machine.Policy.Gate with { Fallback = fallback } });
        var held = _market.Ask(job, "k1", Yes, 0.1);
        _market.Pass(TimeSpan.FromMinutes(9));
        Assert.Equal("held", _market.StatusOf(held.Id));
        if (restart)
        {
            _market.Crash();
            _market.Keep();
        }

        _market.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal("held", _market.StatusOf(held.Id));
        _market.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(status, _market.StatusOf(held.Id));
        var applied = _market.Events().Single(e => e.Event is DecisionEvent.FallbackApplied).Stored.At;
        Assert.InRange(applied - held.State.Due!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(_market.Releases());
        if (fallback == GateFallback.Refuse)
        {
            Assert.Equal(RejectionCode.AlreadySettled, _market.Refused(() => _market.Decision(held.Id).ResolveAsync(Yes, "late", Actor)));
        }
        else
        {
            _market.Must(() => _market.Decision(held.Id).ResolveAsync(No, "looked at it", Actor));
            Assert.Equal(1, _market.Releases()[held.Id.Value]);
        }

        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_decision_that_nobody_stops_is_released_when_the_veto_window_ends()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { Gate = Machine.Policy.Gate with { VetoWindow = TimeSpan.FromSeconds(30) } });
        var accepted = _market.Ask(job, "k1", Yes, 0.95);
        Assert.Equal(DecisionStatus.Accepted, accepted.State.Status);
        Assert.Equal(_market.Time.GetUtcNow() + TimeSpan.FromSeconds(30), accepted.State.Due);
        _market.Pass(TimeSpan.FromSeconds(29));
        Assert.Empty(_market.Releases());
        _market.Crash();
        _market.Keep();
        _market.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(1, _market.Releases()[accepted.Id.Value]);
        Assert.Equal(RejectionCode.WindowClosed, _market.Refused(() => _market.Decision(accepted.Id).VetoAsync("too late", Actor)));
    }

    [Fact]
    public void A_vetoed_decision_waits_for_a_person_and_the_audit_does_not_release_it()
    {
        var policy = Machine.Policy with { AuditRate = 1, Gate = Machine.Policy.Gate with { VetoWindow = TimeSpan.FromMinutes(1) } };
        var job = _market.AddGate(_requester, policy);
        var accepted = _market.Ask(job, "k1", Yes, 0.95);
        _market.Must(() => _market.Decision(accepted.Id).VetoAsync("looks wrong", Actor));
        foreach (var worker in _market.AddWorkers(2))
            _market.Work(job, worker, Yes);
        Assert.Equal("held", _market.StatusOf(accepted.Id));
        Assert.Empty(_market.Releases());
        _market.Must(() => _market.Decision(accepted.Id).ResolveAsync(No, "it is wrong", Actor));
        _market.Pass(TimeSpan.FromHours(1));
        var released = Assert.IsType<DecisionEvent.Released>(_market.Events().Single(e => e.Event is DecisionEvent.Released).Event);
        Assert.Equal((No, ReleasedBy.Person), (released.Label, released.By));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void A_label_that_wants_a_person_is_never_released_by_the_machine()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { PersonRequired = ["no"] });
        Assert.Equal(DecisionStatus.Released, _market.Ask(job, "k1", Yes, 1).State.Status);
        var held = _market.Ask(job, "k2", No, 1);
        Assert.Equal((DecisionStatus.Held, RouteAction.Hold), (held.State.Status, held.State.For));
        _market.Pass(TimeSpan.FromDays(1));
        Assert.False(_market.Releases().ContainsKey(held.Id.Value));
    }

    [Fact]
    public void The_audit_sample_is_labelled_by_the_crowd_and_changes_nothing_that_was_released()
    {
        var job = _market.AddGate(_requester, Machine.Policy with { AuditRate = 1 });
        var released = _market.Ask(job, "k1", Yes, 0.95);
        Assert.Equal(DecisionStatus.Released, released.State.Status);
        foreach (var worker in _market.AddWorkers(2))
            _market.Work(job, worker, No);
        var row = _market.DecisionRow(released.Id).Columns;
        Assert.Equal(("released", 0L), (row[DecisionsTable.Status].Text, row[DecisionsTable.AuditAgrees].Integer));
        Assert.Contains("\"yes\"", row[DecisionsTable.Label].Text, StringComparison.Ordinal);
        Assert.Equal(1, _market.Releases()[released.Id.Value]);
        var totals = _market.Row(LoopsTable.Table, job.Value).Columns;
        Assert.Equal((1L, 0L, 1L, 0L), (totals[LoopsTable.Audited].Integer, totals[LoopsTable.AuditAgreed].Integer, totals[LoopsTable.ByMachine].Integer, totals[LoopsTable.Waiting].Integer));
        _market.AssertRebuildGivesTheSame();
    }

    [Fact]
    public void Decisions_pass_only_while_the_job_is_open()
    {
        var job = _market.AddGate(_requester);
        var before = _market.Ask(job, "k1", Yes, 0.95);
        _market.Must(() => _market.Job(job).PauseAsync("lunch", Actor));
        Assert.Equal(RejectionCode.JobStatus, _market.Refused(() => _market.Gate(job).RequestAsync(new("k2", Machine.Input, Machine.Says(Yes, 0.95)), Actor)));
        Assert.Equal(before.Id, _market.Ask(job, "k1", Yes, 0.95).Id);
    }

    [Theory]
    [InlineData("", "key")]
    [InlineData("k1", "prediction.confidence")]
    public void What_is_wrong_with_a_request_is_said_with_its_path(string key, string path)
    {
        var job = _market.AddGate(_requester);
        var outcome = _market.Do(() => _market.Gate(job).RequestAsync(new(key, Machine.Input, Machine.Says(Yes, key.Length > 0 ? 1.5 : 0.5)), Actor));
        Assert.Equal(path, Assert.Single(outcome.Rejection!.Violations).Path);
    }
}
