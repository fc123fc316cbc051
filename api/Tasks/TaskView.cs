using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Tasks;

/// <summary>A task as its requester and quality managers see it.</summary>
[GraphQLName("Task")]
public sealed class TaskView
{
    internal const string Columns =
        "task_id, job_id, external_id, input_hash, priority, metadata as metadata_json, gold as gold_json, stage as stage_text, answers, leases, unsettled, spent, label as label_json, confidence, "
        + "decided_by as decided_by_text, votes as votes_json, reason, added_at, decided_at, final_label as final_label_json, final_confidence, final_method, version";

    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string InputHash { get; set; } = "";

    [GraphQLIgnore]
    public string? MetadataJson { get; set; }

    [GraphQLIgnore]
    public string? GoldJson { get; set; }

    [GraphQLIgnore]
    public string StageText { get; set; } = "";

    [GraphQLIgnore]
    public string? LabelJson { get; set; }

    [GraphQLIgnore]
    public string? DecidedByText { get; set; }

    [GraphQLIgnore]
    public string? VotesJson { get; set; }

    [GraphQLIgnore]
    public string? FinalLabelJson { get; set; }

    [GraphQLIgnore]
    public double? FinalConfidence { get; set; }

    [GraphQLIgnore]
    public long AddedAt { get; set; }

    [GraphQLIgnore]
    public long? DecidedAt { get; set; }

    public TaskId Id => Domain.TaskId.From(TaskId);

    public JobId Job => Domain.JobId.From(JobId);

    /// <summary>Grows with everything that happens to the task; give it with a decision, which is refused if the task has changed since.</summary>
    public long Version { get; set; }

    /// <summary>The requester's own id of the task.</summary>
    public string ExternalId { get; set; } = "";

    /// <summary>Higher is given out first.</summary>
    public int Priority { get; set; }

    /// <summary>The requester's own data on the task.</summary>
    public JsonElement? Metadata => Parse(MetadataJson);

    /// <summary>The known answer of a gold task.</summary>
    public AnswerView? Gold => AnswerView.Of(GoldJson);

    /// <summary>Where the task is in its life.</summary>
    public TaskState Stage => Enum.Parse<TaskState>(StageText, ignoreCase: true);

    /// <summary>Answers given.</summary>
    [GraphQLName("answerCount")]
    public int Answers { get; set; }

    /// <summary>Workers who have it now.</summary>
    [GraphQLName("leaseCount")]
    public int Leases { get; set; }

    /// <summary>Answers neither accepted nor rejected yet.</summary>
    [GraphQLName("unsettledCount")]
    public int Unsettled { get; set; }

    /// <summary>Paid for its answers, fees included, in millionths of the currency's unit.</summary>
    [GraphQLName("spentMicros")]
    public long Spent { get; set; }

    /// <summary>The label as it stands: after a re-estimation the final one, before it the one at decision time. For an escalated task the likeliest so far.</summary>
    public AnswerView? Label => AnswerView.Of(FinalLabelJson ?? LabelJson);

    /// <summary>Posterior of the label, or agreement where labels have no finite set.</summary>
    [GraphQLName("confidence")]
    public double? CurrentConfidence => FinalConfidence ?? Confidence;

    [GraphQLIgnore]
    public double? Confidence { get; set; }

    /// <summary>The label at decision time.</summary>
    public AnswerView? DecidedLabel => StageText == "decided" ? AnswerView.Of(LabelJson) : null;

    /// <summary>The confidence at decision time.</summary>
    public double? DecidedConfidence => StageText == "decided" ? Confidence : null;

    /// <summary>How the label came about.</summary>
    public DecidedBy? DecidedBy => DecidedByText is null ? null : Enum.Parse<DecidedBy>(DecidedByText, ignoreCase: true);

    /// <summary>The method of the re-estimation that gave another label.</summary>
    public string? FinalMethod { get; set; }

    /// <summary>What an adjudicator gave as the reason.</summary>
    public string? Reason { get; set; }

    /// <summary>The votes that the decision came from.</summary>
    public IReadOnlyList<VoteView> Votes => VotesJson is null
        ? []
        : [.. JsonSerializer.Deserialize(VotesJson, DomainJson.Default.VoteArray)!.Select(v => new VoteView(v.Assignment, v.Worker, v.Weight, v.Agrees))];

    [GraphQLName("addedAt")]
    public DateTimeOffset Added => Journal.Instants.FromMicroseconds(AddedAt);

    [GraphQLName("decidedAt")]
    public DateTimeOffset? Decided => DecidedAt is { } at ? Journal.Instants.FromMicroseconds(at) : null;

    internal static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize(json, ApiJson.Default.JsonElement);
}

/// <summary>One answer's part in a decision.</summary>
/// <param name="Weight">How far the worker was trusted: the probability of a right answer.</param>
/// <param name="Agrees">Whether the answer agrees with the label.</param>
[GraphQLName("Vote")]
public sealed record VoteView(AssignmentId Assignment, WorkerId Worker, double Weight, bool Agrees);

/// <summary>How likely a label is.</summary>
/// <param name="Label">The label; of a multi choice one of its labels.</param>
/// <param name="Probability">0 to 1.</param>
[GraphQLName("LabelProbability")]
public sealed record LabelProbability(AnswerView Label, double Probability);

/// <summary>Where a task is in its life.</summary>
[GraphQLName("TaskStage")]
public enum TaskState
{
    /// <summary>It collects answers.</summary>
    Open,

    /// <summary>The crowd could not settle it.</summary>
    Escalated,

    /// <summary>It has its label.</summary>
    Decided,

    /// <summary>It ended without a label.</summary>
    Closed,
}
