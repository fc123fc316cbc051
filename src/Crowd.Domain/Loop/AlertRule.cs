using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What an alert looks at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertMeasure>))]
public enum AlertMeasure
{
    /// <summary>Accuracy of what the machine decided alone, by the audit sample: too low.</summary>
    AuditAccuracy,

    /// <summary>How much less people agree with the machine in the newest span of time than in the first: too high.</summary>
    Drift,

    /// <summary>Population stability index of the predicted labels, the newest span against the first: too high.</summary>
    Shift,

    /// <summary>Mean distance of the share right from the stated confidence: too high.</summary>
    CalibrationError,

    /// <summary>Greatest difference between a group's share of favourable outcomes and the largest group's: too high.</summary>
    ParityGap,

    /// <summary>Seconds for which the oldest held decision waits: too high.</summary>
    HeldSeconds,

    /// <summary>Share of hidden repeats that people answer as before: too low.</summary>
    SelfConsistency,
}

/// <summary>
/// A rule by which an alert is raised, once, when a measure of the job passes the limit, and cleared when it is back on the right side by the margin.
/// </summary>
public sealed record AlertRule
{
    /// <summary>Most rules of a job.</summary>
    public const int MostRules = 20;

    /// <summary>Most characters of an id.</summary>
    public const int IdLength = 60;

    /// <summary>Longest time that decisions can be let wait without an alert: 30 days.</summary>
    public const double MostSeconds = 30 * 24 * 3600;

    /// <summary>Greatest stability index that can be a limit.</summary>
    public const double MostShift = 10;

    /// <summary>Longest period: 366 days.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    /// <summary>Its id, by which alerts name it; distinct within the job.</summary>
    public required string Id { get; init; }

    public required AlertMeasure Measure { get; init; }

    /// <summary>A share from 0 to 1, an index or seconds, by the measure.</summary>
    public required double Limit { get; init; }

    /// <summary>How far the measure must come back over the limit until the alert is cleared.</summary>
    public double Margin { get; init; }

    /// <summary>Observations below which nothing is said either way, 1 or more; 30 by default.</summary>
    public int LeastCount { get; set; } = 30;

    /// <summary>True when the whole 95 % interval must have passed the limit, not the value alone.</summary>
    public bool Certain { get; init; }

    /// <summary>How far back the measure looks; null for all of the job.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>With <see cref="AlertMeasure.ParityGap"/>: path to the attribute by which groups are told.</summary>
    public string? By { get; init; }

    /// <summary>With <see cref="AlertMeasure.ParityGap"/>: the favourable label.</summary>
    public string? Favourable { get; init; }

    /// <summary>Whether low values are the bad ones.</summary>
    [JsonIgnore]
    public bool IsFloor => Measure is AlertMeasure.AuditAccuracy or AlertMeasure.SelfConsistency;

    /// <summary>The margin unless one is given: a hundredth for shares, a tenth of the limit for seconds and indices.</summary>
    public static double UsualMargin(AlertMeasure measure, double limit) => measure is AlertMeasure.HeldSeconds or AlertMeasure.Shift ? limit / 10 : 0.01;

    /// <summary>Whether the measurement is reason for an alert.</summary>
    public bool Breaks(Measurement m) => Speaks(m) && (IsFloor
        ? (Certain ? m.High : m.Value) < Limit
        : (Certain ? m.Low : m.Value) > Limit);

    /// <summary>Whether the measurement ends the alert.</summary>
    public bool Recovers(Measurement m) => Speaks(m) && (IsFloor ? m.Value >= Limit + Margin : m.Value <= Limit - Margin);

    /// <summary>What is wrong with the rules; empty when nothing is.</summary>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<AlertRule> rules, LabelSchema schema)
    {
        var found = new List<Violation>();
        var classes = Prediction.ClassNames(schema).ToHashSet(StringComparer.Ordinal);
        void Want(bool holds, string path, string rule, string message)
        {
            if (!holds)
                found.Add(new(path, rule, message));
        }

        Want(rules.Count <= MostRules, "rules", "count", $"give at most {MostRules}.");
        for (var i = 0; i < rules.Count; i++)
        {
            var (one, path) = (rules[i], $"rules[{i}]");
            var most = one.Measure switch { AlertMeasure.HeldSeconds => MostSeconds, AlertMeasure.Shift => MostShift, _ => 1 };
            Want(one.Id is { Length: >= 1 and <= IdLength }, $"{path}.id", "length", $"give 1 to {IdLength} characters.");
            Want(rules.Count(r => r.Id == one.Id) == 1, $"{path}.id", "distinct", "this stands twice.");
            Want(Enum.IsDefined(one.Measure), $"{path}.measure", "known", "there is no such measure.");
            Want(one.Limit > 0 && one.Limit <= most, $"{path}.limit", "range", $"give a number above 0 up to {most:0}.");
            Want(one.Margin >= 0 && (one.IsFloor ? one.Limit + one.Margin <= 1 : one.Margin <= one.Limit), $"{path}.margin", "range", "give a margin that the measure can come back by: 0 or more, and limit and margin together possible.");
            Want(one.LeastCount is >= 1 and <= 1_000_000, $"{path}.leastCount", "range", "give 1 to 1,000,000.");
            Want(one.Period is null || (one.Period >= TimeSpan.FromHours(1) && one.Period <= LongestPeriod), $"{path}.period", "range", "give 1 hour to 366 days, or nothing.");
            Want(one.Measure is AlertMeasure.HeldSeconds || classes.Count > 0, $"{path}.measure", "kind", "labels must form a finite set: single choice, rating or pairwise.");
            if (one.Measure == AlertMeasure.ParityGap)
            {
                Want(one.By is not null && FieldPath.Parse(one.By) is not null, $"{path}.by", "form", FieldPath.Rule);
                Want(one.Favourable is not null && classes.Contains(one.Favourable), $"{path}.favourable", "known", "give the favourable label.");
            }
            else
            {
                Want(one.By is null && one.Favourable is null, $"{path}.by", "kind", "groups are for the parity gap alone.");
            }
        }

        return found;
    }

    private bool Speaks(Measurement m) => double.IsFinite(m.Value) && m.Count >= (Measure == AlertMeasure.HeldSeconds ? 0 : LeastCount);
}

/// <summary>A measure of a job as it is found to be.</summary>
/// <param name="Value">NaN where nothing could be measured.</param>
/// <param name="Low">Lower bound of its 95 % interval; the value where it has none.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Count">Observations behind it.</param>
public readonly record struct Measurement(double Value, double Low, double High, int Count);

/// <summary>What was measured for a rule.</summary>
public sealed record AlertFinding(AlertRule Rule, Measurement Found);
