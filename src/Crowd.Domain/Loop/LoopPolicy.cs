using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>How machines take part in a job: what workers see of predictions, whether models vote, which decisions machines may make. Replaced as a whole.</summary>
public sealed record LoopPolicy
{
    /// <summary>Counts the changes of the policy, from 1; given by the job. Decisions name it.</summary>
    public int Version { get; init; }

    /// <summary>The model whose predictions are shown, vote and are routed; null for whichever predicted last.</summary>
    public string? Model { get; init; }

    /// <summary>When workers see the prediction; never by default.</summary>
    public ShowPrediction Show { get; init; }

    /// <summary>Arms of an experiment, which replace <see cref="Show"/>; at most <see cref="ArmLimit"/>.</summary>
    public EquatableList<ExperimentArm> Arms { get; set; } = [];

    /// <summary>What is assigned to an arm: a worker for all of the job (default), or a task for all its workers.</summary>
    public ArmUnit ArmBy { get; init; }

    /// <summary>Seed of the assignment to arms and of the audit sample.</summary>
    public long Seed { get; init; }

    /// <summary>Whether predictions vote in the consensus of tasks; off by default.</summary>
    public bool ModelVotes { get; init; }

    /// <summary>Rules in order; the first that matches says what happens. Without a match the crowd labels.</summary>
    public EquatableList<RoutingRule> Rules { get; set; } = [];

    /// <summary>What errors cost; pairs that are left out cost 0.</summary>
    public EquatableList<ErrorCost> Costs { get; set; } = [];

    /// <summary>Labels that no machine may give, whatever the rules say: such a prediction is held for a person.</summary>
    public EquatableList<string> PersonRequired { get; set; } = [];

    /// <summary>Share of accepted predictions that people label as well, 0 to 1; 0 by default.</summary>
    public double AuditRate { get; init; }

    /// <summary>How decisions pass that programs ask for.</summary>
    public GatePolicy Gate { get; set; } = new();

    /// <summary>Most arms.</summary>
    public const int ArmLimit = 10;

    /// <summary>Most rules.</summary>
    public const int RuleLimit = 50;

    /// <summary>Most costs.</summary>
    public const int CostLimit = 1_000;

    /// <summary>The arm of the worker on the task and when the prediction is shown in it. The same worker (or task) is always in the same arm.</summary>
    public (string? Arm, ShowPrediction Show) ArmOf(WorkerId worker, TaskId task)
    {
        if (Arms.Count == 0)
            return (null, Show);
        var place = SeededHash.Unit(Seed, "arm\n" + (ArmBy == ArmUnit.Worker ? worker.Value : task.Value)) * Arms.Sum(a => a.Share);
        foreach (var arm in Arms)
        {
            place -= arm.Share;
            if (place < 0)
                return (arm.Name, arm.Show);
        }

        return (Arms[^1].Name, Arms[^1].Show);
    }

    /// <summary>The prediction that counts: the last one, or the last one of <see cref="Model"/>.</summary>
    /// <param name="predictions">All predictions of a task, oldest first.</param>
    public Prediction? Pick(IReadOnlyList<Prediction> predictions) => predictions.LastOrDefault(p => Model is null || p.Model == Model);

    /// <summary>The newest prediction of each other model.</summary>
    public static IReadOnlyList<Prediction> Others(IReadOnlyList<Prediction> predictions, Prediction picked) =>
        [.. predictions.Where(p => p.Model != picked.Model).GroupBy(p => p.Model, StringComparer.Ordinal).Select(g => g.Last())];

    /// <summary>Whether any worker may see a prediction.</summary>
    [JsonIgnore]
    public bool Shows => Arms.Count == 0 ? Show != ShowPrediction.Never : Arms.Any(a => a.Show != ShowPrediction.Never);

    /// <summary>Whether an accepted prediction is in the audit sample. The same key always is or is not.</summary>
    public bool Audits(string key) => AuditRate > 0 && SeededHash.Unit(Seed, "audit\n" + key) < AuditRate;

    /// <summary>Whether the rules ask how new an input is.</summary>
    [JsonIgnore]
    public bool ReadsNovelty => Rules.Any(r => r.When?.Within().Any(c => c.Novelty is not null) is true);
}

/// <summary>When a worker sees what the model said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShowPrediction>))]
public enum ShowPrediction
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>With the task.</summary>
    First,

    /// <summary>When the worker asks for it; that it was asked for is kept.</summary>
    OnRequest,

    /// <summary>Once the answer is given.</summary>
    AfterAnswer,
}

/// <summary>What is assigned to an arm.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ArmUnit>))]
public enum ArmUnit
{
    /// <summary>Each worker, for the whole job.</summary>
    Worker,

    /// <summary>Each task, for all its workers.</summary>
    Task,
}

/// <summary>An arm of an experiment.</summary>
/// <param name="Name">1 to 40 characters, distinct.</param>
/// <param name="Share">Its part of all shares, above 0.</param>
/// <param name="Show">When workers in it see the prediction.</param>
public sealed record ExperimentArm(string Name, double Share, ShowPrediction Show);

/// <summary>What it costs to give a label where another is true.</summary>
/// <param name="Truth">The true label.</param>
/// <param name="Given">The label given.</param>
/// <param name="CostMicros">Millionths of the currency's unit, 0 or more.</param>
public sealed record ErrorCost(string Truth, string Given, long CostMicros);

/// <summary>How decisions pass that programs ask for and wait for.</summary>
public sealed record GatePolicy
{
    /// <summary>How long a held decision may wait for people: 1 second to 30 days, 1 hour by default.</summary>
    public TimeSpan ServiceLevel { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What happens when that time is over.</summary>
    public GateFallback Fallback { get; init; }

    /// <summary>How long a person may stop an accepted decision before it is released: 0 to 30 days; 0 by default, then it is released at once.</summary>
    public TimeSpan VetoWindow { get; init; }
}

/// <summary>What becomes of a held decision that nobody made in time. Passing is not among them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateFallback>))]
public enum GateFallback
{
    /// <summary>It is refused, for good.</summary>
    Refuse,

    /// <summary>It goes to a quality manager and waits on.</summary>
    Escalate,
}
