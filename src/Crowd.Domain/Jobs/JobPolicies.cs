using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>
/// How a job buys, checks and pays answers. Properties with a default of their own are set rather than init in what is kept as JSON: the serializer gives
/// an init property that the JSON leaves out its type's default, not its own.
/// </summary>
public sealed record JobPolicies
{
    /// <summary>How many answers a task gets.</summary>
    public Redundancy Redundancy { get; set; } = new();

    /// <summary>What a worker is paid for an accepted answer, in micros of the job's currency; 0 or more.</summary>
    public required long PayMicros { get; init; }

    /// <summary>The platform's fee on top, in hundredths of a percent of the pay; 2,000 (20 %) by default, 0 to 10,000. Rounded up to a micro.</summary>
    public int FeeBasisPoints { get; set; } = 2_000;

    /// <summary>Which answers are paid.</summary>
    public PayFor PayFor { get; set; } = PayFor.Agreeing;

    /// <summary>How long a worker has for a task: 10 seconds to 7 days, 10 minutes by default.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Limits for one worker.</summary>
    public WorkerCaps Caps { get; set; } = new();

    /// <summary>How gold tasks are given out and what failing them does.</summary>
    public GoldPolicy Gold { get; set; } = new();

    /// <summary>How often tasks are shown again to who answered them.</summary>
    public RepeatPolicy Repeats { get; set; } = new();

    /// <summary>Names of the qualifications a worker must have.</summary>
    public EquatableList<string> Qualifications { get; set; } = [];

    /// <summary>With <see cref="PayFor.Reviewed"/>: how long the requester may review before an answer counts as accepted; 3 days by default, at most 30.</summary>
    public TimeSpan ReviewWindow { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long after a rejection its worker may appeal; 7 days by default, at most 30.</summary>
    public TimeSpan AppealWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What happens to a task with all its answers and too little confidence.</summary>
    public WhenUnsettled WhenUnsettled { get; set; } = WhenUnsettled.Decide;

    /// <summary>In which order labels are asked for, and when models should be trained with them.</summary>
    public LearningPolicy Learning { get; set; } = new();

    /// <summary>The fee on one answer in micros.</summary>
    [JsonIgnore]
    public long FeeMicros => Fees.On(PayMicros, FeeBasisPoints);

    /// <summary>What is wrong with the policies; empty when nothing is.</summary>
    public IReadOnlyList<Violation> Check()
    {
        var found = new List<Violation>();
        void Want(bool holds, string path, string message)
        {
            if (!holds)
                found.Add(new($"policies.{path}", "range", message));
        }

        Want(Redundancy.MinAnswers is >= 1 and <= Redundancy.Limit, "redundancy.minAnswers", $"give 1 to {Redundancy.Limit}.");
        Want(Redundancy.MaxAnswers >= Redundancy.MinAnswers && Redundancy.MaxAnswers <= Redundancy.Limit, "redundancy.maxAnswers", $"give minAnswers to {Redundancy.Limit}.");
        Want(Redundancy.TargetConfidence is >= 0.5 and <= 0.9999, "redundancy.targetConfidence", "give 0.5 to 0.9999.");
        Want(PayMicros is >= 0 and <= 1_000 * Currency.MicrosPerUnit, "payMicros", "give 0 to 1,000 units of the currency.");
        Want(FeeBasisPoints is >= 0 and <= 10_000, "feeBasisPoints", "give 0 to 10,000.");
        Want(Enum.IsDefined(PayFor), "payFor", "give agreeing, all or reviewed.");
        Want(Enum.IsDefined(WhenUnsettled), "whenUnsettled", "give decide or escalate.");
        Want(LeaseTime >= TimeSpan.FromSeconds(10) && LeaseTime <= TimeSpan.FromDays(7), "leaseTime", "give 10 seconds to 7 days.");
        Want(Caps.LeasesPerWorker is >= 1 and <= WorkerCaps.LeaseLimit, "caps.leasesPerWorker", $"give 1 to {WorkerCaps.LeaseLimit}.");
        Want(Caps.AnswersPerWorker is null or >= 1, "caps.answersPerWorker", "give 1 or more, or nothing.");
        Want(Caps.SharePerWorker is null or (> 0 and <= 1), "caps.sharePerWorker", "give a share above 0 up to 1, or nothing.");
        Want(Gold.Share is >= 0 and <= 0.5, "gold.share", "give 0 to 0.5.");
        Want(Gold.Window is >= 1 and <= 1_000, "gold.window", "give 1 to 1,000.");
        Want(Gold.MinAnswers >= 1 && Gold.MinAnswers <= Gold.Window, "gold.minAnswers", "give 1 up to the window.");
        Want(Gold.MinAccuracy is >= 0 and <= 1, "gold.minAccuracy", "give 0 to 1.");
        Want(Enum.IsDefined(Gold.OnFailure), "gold.onFailure", "give measure or exclude.");
        Want(Repeats.Share is >= 0 and <= RepeatPolicy.MostShare, "repeats.share", "give 0 to 0.2.");
        Want(Repeats.Distance is >= 1 and <= RepeatPolicy.MostDistance, "repeats.distance", $"give 1 to {RepeatPolicy.MostDistance}.");
        Want(ReviewWindow >= TimeSpan.Zero && ReviewWindow <= TimeSpan.FromDays(30), "reviewWindow", "give 0 to 30 days.");
        Want(AppealWindow >= TimeSpan.Zero && AppealWindow <= TimeSpan.FromDays(30), "appealWindow", "give 0 to 30 days.");
        Want(Qualifications.Count <= 10, "qualifications", "give at most 10.");
        Want(Qualifications.All(QualificationName.IsValid), "qualifications", QualificationName.Rule);
        found.AddRange(Learning.Check().Select(v => v with { Path = $"policies.learning.{v.Path}" }));
        return found;
    }
}

/// <summary>How many answers a task gets. Fixed redundancy is min = max.</summary>
public sealed record Redundancy
{
    /// <summary>Most answers that can be asked for.</summary>
    public const int Limit = 100;

    /// <summary>Answers before a decision is tried, 1 or more.</summary>
    public int MinAnswers { get; set; } = 3;

    /// <summary>Answers after which no more are asked for.</summary>
    public int MaxAnswers { get; set; } = 5;

    /// <summary>Posterior (or agreement) from which a label is decided: 0.5 to 0.9999.</summary>
    public double TargetConfidence { get; set; } = 0.9;
}

/// <summary>Limits for one worker on one job.</summary>
public sealed record WorkerCaps
{
    /// <summary>Most leases that can be allowed.</summary>
    public const int LeaseLimit = 100;

    /// <summary>Most tasks held at the same time, 1 to <see cref="LeaseLimit"/>.</summary>
    public int LeasesPerWorker { get; set; } = 10;

    /// <summary>Most answers; null for no cap.</summary>
    public int? AnswersPerWorker { get; init; }

    /// <summary>Greatest share of the job's tasks one worker may answer, above 0 up to 1; null for no cap. At least one task is allowed.</summary>
    public double? SharePerWorker { get; init; }

    /// <summary>The cap in answers for a job of so many tasks; a share is rounded down, so that it is never exceeded but by the one task.</summary>
    public int AnswerCap(int tasks) => Math.Min(
        AnswersPerWorker ?? int.MaxValue,
        SharePerWorker is { } share ? Math.Max(1, (int)Math.Floor((decimal)share * tasks)) : int.MaxValue);
}

/// <summary>How gold tasks are given out and what failing them does.</summary>
public sealed record GoldPolicy
{
    /// <summary>Share of offers that are gold while the job has gold tasks the worker has not seen: 0 to 0.5.</summary>
    public double Share { get; init; }

    /// <summary>Last gold answers that count, 1 to 1,000.</summary>
    public int Window { get; set; } = 10;

    /// <summary>Gold answers before a worker is judged.</summary>
    public int MinAnswers { get; set; } = 3;

    /// <summary>Share of right gold answers below which a worker fails: 0 to 1.</summary>
    public double MinAccuracy { get; set; } = 0.6;

    /// <summary>What failing does.</summary>
    public OnGoldFailure OnFailure { get; set; } = OnGoldFailure.Exclude;
}

/// <summary>
/// Hidden repeats: tasks shown again to the worker who answered them, unmarked, to measure whether they answer alike. Such an answer is paid as any other and is no vote.
/// </summary>
public sealed record RepeatPolicy
{
    /// <summary>Greatest share.</summary>
    public const double MostShare = 0.2;

    /// <summary>Greatest distance.</summary>
    public const int MostDistance = 1_000;

    /// <summary>Answered tasks beyond the distance of which the next repeat is drawn: the latest.</summary>
    public const int Pool = 200;

    /// <summary>Share of offers that are repeats while the worker has tasks to repeat and others to answer: 0 to <see cref="MostShare"/>.</summary>
    public double Share { get; init; }

    /// <summary>Answers to other tasks that a worker gives at least before a task comes again: 1 to <see cref="MostDistance"/>.</summary>
    public int Distance { get; set; } = 20;
}

/// <summary>Which answers are paid.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PayFor>))]
public enum PayFor
{
    /// <summary>Those that agree with the task's label, when it is decided.</summary>
    Agreeing,

    /// <summary>Every valid answer, at once.</summary>
    All,

    /// <summary>Those the requester approves, or does not reject within the review window.</summary>
    Reviewed,
}

/// <summary>What failing gold tasks does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnGoldFailure>))]
public enum OnGoldFailure
{
    /// <summary>It only lowers the worker's reliability.</summary>
    Measure,

    /// <summary>The worker gets no more work of this job; submitted answers stand.</summary>
    Exclude,
}

/// <summary>What happens to a task with all its answers and too little confidence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WhenUnsettled>))]
public enum WhenUnsettled
{
    /// <summary>It gets the likeliest label, marked as of low confidence.</summary>
    Decide,

    /// <summary>It goes to experts or a quality manager.</summary>
    Escalate,
}

/// <summary>The form of a qualification's name.</summary>
public static class QualificationName
{
    /// <summary>What a name must be, for messages.</summary>
    public const string Rule = "a qualification's name has 2 to 60 characters: lower case letters, digits, '-', '.', ':'.";

    /// <summary>Whether the name has the form.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: >= 2 and <= 60 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or ':');
}
