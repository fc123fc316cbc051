namespace Crowd.Domain;

/// <summary>What can happen to the alerts of a job. One stream a job: <see cref="StreamOf"/>.</summary>
public abstract record AlertEvent : DomainEvent
{
    private AlertEvent() { }

    public required JobId Job { get; init; }

    /// <summary>The rules were replaced.</summary>
    public sealed record RulesSet : AlertEvent
    {
        public required EquatableList<AlertRule> Rules { get; init; }
    }

    /// <summary>A measure passed its limit.</summary>
    public sealed record Raised : AlertEvent
    {
        public required AlertRule Rule { get; init; }

        public required double Value { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public required int Count { get; init; }
    }

    /// <summary>An alert ended.</summary>
    public sealed record Cleared : AlertEvent
    {
        /// <summary>The rule's id.</summary>
        public required string Rule { get; init; }

        /// <summary>The measure when it had come back; null when the rule was changed or taken away.</summary>
        public double? Value { get; init; }
    }

    /// <summary>The stream of a job's alerts, which is the key of its grain.</summary>
    public static string StreamOf(JobId job) => "alerts_" + job.Body();

    /// <summary>The job of the stream.</summary>
    public static JobId JobOf(string stream) => JobId.From($"{JobId.Prefix}_{stream["alerts_".Length..]}");
}

/// <summary>The alerts of a job, as their events make them.</summary>
public sealed record AlertState
{
    public EquatableList<AlertRule> Rules { get; init; } = [];

    /// <summary>Ids of the rules whose alert is raised.</summary>
    public EquatableList<string> Raised { get; init; } = [];

    /// <summary>The state after the event.</summary>
    public AlertState Apply(AlertEvent e) => e switch
    {
        AlertEvent.RulesSet s => this with { Rules = s.Rules },
        AlertEvent.Raised r => this with { Raised = [.. Raised, r.Rule.Id] },
        AlertEvent.Cleared c => this with { Raised = [.. Raised.Where(r => r != c.Rule)] },
        _ => throw new InvalidOperationException($"Alerts do not know {e.GetType().Name}."),
    };
}

/// <summary>When alerts are raised and cleared. Pure.</summary>
public static class AlertDecider
{
    /// <summary>Replaces the rules. An alert whose rule is no longer the same ends with it. The same rules again change nothing.</summary>
    public static Outcome<AlertEvent[]> SetRules(AlertState state, JobId job, LabelSchema schema, IReadOnlyList<AlertRule> rules)
    {
        if (AlertRule.Check(rules, schema) is { Count: > 0 } wrong)
            return Reject.Invalid(wrong);
        var wanted = new EquatableList<AlertRule>(rules);
        return state.Rules.Equals(wanted)
            ? Array.Empty<AlertEvent>()
            : (AlertEvent[])
            [
                .. state.Raised.Where(r => !rules.Any(n => n.Id == r && state.Rules.Contains(n))).Select(r => new AlertEvent.Cleared { Job = job, Rule = r }),
                new AlertEvent.RulesSet { Job = job, Rules = wanted },
            ];
    }

    /// <summary>Raises what is not raised and breaks its rule, clears what is raised and has recovered. In between nothing changes, nor where nothing could be measured.</summary>
    /// <param name="found">Measurements by the rule they were made for.</param>
    public static AlertEvent[] Observe(AlertState state, JobId job, IReadOnlyList<AlertFinding> found)
    {
        var events = new List<AlertEvent>();
        foreach (var (rule, m) in found.Where(f => state.Rules.Contains(f.Rule)))
        {
            var isRaised = state.Raised.Contains(rule.Id);
            if (!isRaised && rule.Breaks(m))
                events.Add(new AlertEvent.Raised { Job = job, Rule = rule, Value = m.Value, Low = m.Low, High = m.High, Count = m.Count });
            else if (isRaised && rule.Recovers(m))
                events.Add(new AlertEvent.Cleared { Job = job, Rule = rule.Id, Value = m.Value });
        }

        return [.. events];
    }
}
