using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Loop;

public sealed class AlertTests
{
    private static readonly AlertRule Accuracy = new() { Id = "accuracy", Measure = AlertMeasure.AuditAccuracy, Limit = 0.95, Margin = 0.02, LeastCount = 50 };

    private static readonly AlertRule Age = new() { Id = "age", Measure = AlertMeasure.HeldSeconds, Limit = 600, Margin = 60 };

    private AlertState _state = new();

    [Fact]
    public void An_alert_is_raised_once_and_cleared_only_when_the_measure_is_back_by_the_margin()
    {
        Set(Accuracy, Age);
        Assert.Equal(
            ["raised accuracy", "", "", "", "cleared accuracy", "", "raised accuracy"],
            new[] { 0.94, 0.9, 0.95, 0.969, 0.97, 0.95, 0.9499 }.Select(v => See(Accuracy, new(v, v - 0.05, v + 0.02, 100))));
        Assert.Equal(
            ["", "raised age", "", "cleared age", ""],
            new[] { 600.0, 601, 541, 540, 540 }.Select(v => See(Age, new(v, v, v, 1))));
        Assert.Equal("", See(Age, new(0, 0, 0, 0)));
    }

    [Fact]
    public void An_alert_on_waiting_decisions_ends_when_none_waits()
    {
        Set(Age);
        Assert.Equal(["raised age", "cleared age"], [See(Age, new(601, 601, 601, 3)), See(Age, new(0, 0, 0, 0))]);
    }

    [Fact]
    public void Too_few_observations_or_nothing_measured_say_nothing_either_way()
    {
        Set(Accuracy);
        Assert.Equal("", See(Accuracy, new(0.5, 0.4, 0.6, 49)));
        Assert.Equal("", See(Accuracy, new(double.NaN, 0, 1, 100)));
        Assert.Equal("raised accuracy", See(Accuracy, new(0.5, 0.4, 0.6, 50)));
        Assert.Equal("", See(Accuracy, new(1, 1, 1, 49)));
        Assert.Equal("", See(Accuracy, new(double.NaN, 0, 1, 100)));
    }

    [Fact]
    public void A_rule_that_wants_certainty_waits_until_the_whole_interval_is_beyond_the_limit()
    {
        var certain = Accuracy with { Certain = true };
        var gap = new AlertRule { Id = "gap", Measure = AlertMeasure.ParityGap, Limit = 0.2, Margin = 0.01, LeastCount = 1, Certain = true, By = "metadata.group", Favourable = "cat" };
        Set(certain, gap);
        Assert.Equal(["", "raised accuracy"], [See(certain, new(0.9, 0.8, 0.96, 100)), See(certain, new(0.9, 0.85, 0.94, 100))]);
        Assert.Equal(["", "raised gap"], [See(gap, new(0.3, 0.1, 0.5, 100)), See(gap, new(0.3, 0.21, 0.5, 100))]);
    }

    [Fact]
    public void Changing_or_removing_a_rule_ends_its_alert_and_what_was_measured_for_the_old_one_is_not_taken()
    {
        Set(Accuracy, Age);
        See(Accuracy, new(0.5, 0.4, 0.6, 100));
        See(Age, new(900, 900, 900, 1));
        var stricter = Accuracy with { Limit = 0.97 };
        Assert.Equal("cleared accuracy, set 2", Set(stricter, Age));
        Assert.Equal("", See(Accuracy, new(0.5, 0.4, 0.6, 100)));
        Assert.Equal("raised accuracy", See(stricter, new(0.5, 0.4, 0.6, 100)));
        Assert.Equal("cleared age, cleared accuracy, set 0", Set());
        Assert.Equal("", Set());
        Assert.Empty(_state.Raised);
    }

    [Fact]
    public void What_is_wrong_with_rules_is_said_with_its_path()
    {
        AlertRule[] wrong =
        [
            Accuracy with { Id = "" }, Accuracy with { Limit = 0 }, Accuracy with { Limit = 1.5 }, Accuracy with { Margin = 0.06 }, Accuracy with { LeastCount = 0 },
            Accuracy with { Period = TimeSpan.FromMinutes(5) }, Accuracy with { By = "metadata.group" }, Age with { Limit = AlertRule.MostSeconds + 1 }, Age with { Margin = 601 },
            Accuracy with { Measure = AlertMeasure.ParityGap, Limit = 0.1 },
        ];
        string[] paths = ["id", "limit", "limit", "margin", "leastCount", "period", "by", "limit", "margin", "by"];
        for (var i = 0; i < wrong.Length; i++)
            Assert.Equal($"rules[0].{paths[i]}", AlertRule.Check([wrong[i]], Animals)[0].Path);
        Assert.Equal("rules[0].measure", Assert.Single(AlertRule.Check([Accuracy], new LabelSchema.FreeText())).Path);
        Assert.Empty(AlertRule.Check([Age], new LabelSchema.FreeText()));
        Assert.Equal(2, AlertRule.Check([Accuracy, Accuracy], Animals).Count(v => v.Rule == "distinct"));
        Assert.Equal("count", Assert.Single(AlertRule.Check([.. Enumerable.Range(0, 21).Select(i => Age with { Id = $"a{i}" })], Animals)).Rule);
    }

    private string Set(params AlertRule[] rules) => Keep(AlertDecider.SetRules(_state, Job, Animals, rules).Value!);

    private string See(AlertRule rule, Measurement found) => Keep(AlertDecider.Observe(_state, Job, [new(rule, found)]));

    private string Keep(AlertEvent[] events)
    {
        _state = events.Aggregate(_state, (s, e) => s.Apply(e));
        return string.Join(", ", events.Select(e => e switch
        {
            AlertEvent.Raised r => $"raised {r.Rule.Id}",
            AlertEvent.Cleared c => $"cleared {c.Rule}",
            AlertEvent.RulesSet s => $"set {s.Rules.Count}",
            _ => "?",
        }));
    }
}
