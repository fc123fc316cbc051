using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Loop;

/// <summary>A rule by which an alert is raised once when a measure passes its limit, and cleared when it has come back over the limit by the margin.</summary>
/// <param name="Id">1 to 60 characters, distinct within the job.</param>
/// <param name="Measure">What is looked at.</param>
/// <param name="Limit">A share from 0 to 1, an index or seconds, by the measure.</param>
/// <param name="Margin">0.01 by default for shares, a tenth of the limit for seconds and the stability index.</param>
/// <param name="LeastCount">Observations below which nothing is said either way; 30 by default.</param>
/// <param name="Certain">Whether the whole 95 % interval must have passed the limit; false by default.</param>
/// <param name="Period">How far back the measure looks, 1 hour to 366 days; all of the job by default.</param>
/// <param name="By">With the parity gap: path to the attribute by which groups are told, as metadata.group.</param>
/// <param name="Favourable">With the parity gap: the favourable label.</param>
public sealed record AlertRuleInput(
    string Id, AlertMeasure Measure, double Limit, double? Margin = null, int LeastCount = 30, bool Certain = false, TimeSpan? Period = null, string? By = null, string? Favourable = null)
{
    internal AlertRule ToDomain() => new()
    {
        Id = Id,
        Measure = Measure,
        Limit = Limit,
        Margin = Margin ?? AlertRule.UsualMargin(Measure, Limit),
        LeastCount = LeastCount,
        Certain = Certain,
        Period = Period,
        By = By,
        Favourable = Favourable,
    };
}

/// <summary>An alert rule of a job, and its newest alert.</summary>
/// <param name="IsRaised">Whether its alert is raised now.</param>
/// <param name="RaisedAt">When it was last raised; null for never.</param>
/// <param name="Value">What was measured then.</param>
/// <param name="Low">Lower bound of its interval.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Count">Observations behind it.</param>
/// <param name="ClearedAt">When that alert was cleared; null while it is raised.</param>
/// <param name="ClearedValue">What was measured then; null when the rule was changed.</param>
[GraphQLName("Alert")]
public sealed record AlertView(
    string Id, AlertMeasure Measure, double Limit, double Margin, int LeastCount, bool Certain, TimeSpan? Period, string? By, string? Favourable,
    bool IsRaised, DateTimeOffset? RaisedAt, double? Value, double? Low, double? High, int? Count, DateTimeOffset? ClearedAt, double? ClearedValue)
{
    /// <summary>A job's rules in their order.</summary>
    internal static async Task<IReadOnlyList<AlertView>> OfJobAsync(JobId job, Reads reads, CancellationToken cancellationToken)
    {
        var rules = await reads.FirstAsync<string>("select rules from alert_rules where job_id = @job", new { job = job.Value }, cancellationToken);
        if (rules is null)
            return [];
        var rows = (await reads.ListAsync<AlertRow>(
            "select rule_id, raised, raised_at, value, low, high, observations, cleared_at, cleared_value from alerts where job_id = @job", new { job = job.Value }, cancellationToken))
            .ToDictionary(r => r.RuleId, StringComparer.Ordinal);
        return
        [
            .. JsonSerializer.Deserialize(rules, DomainJson.Default.EquatableListAlertRule)!.Select(rule =>
            {
                var row = rows.GetValueOrDefault(rule.Id);
                return new AlertView(
                    rule.Id, rule.Measure, rule.Limit, rule.Margin, rule.LeastCount, rule.Certain, rule.Period, rule.By, rule.Favourable,
                    row?.Raised == 1, At(row?.RaisedAt), row?.Value, row?.Low, row?.High, (int?)row?.Observations, At(row?.ClearedAt), row?.ClearedValue);
            }),
        ];
    }

    private static DateTimeOffset? At(long? micros) => micros is { } at ? Instants.FromMicroseconds(at) : null;

    private sealed class AlertRow
    {
        public string RuleId { get; set; } = "";

        public long Raised { get; set; }

        public long? RaisedAt { get; set; }

        public double? Value { get; set; }

        public double? Low { get; set; }

        public double? High { get; set; }

        public long? Observations { get; set; }

        public long? ClearedAt { get; set; }

        public double? ClearedValue { get; set; }
    }
}
