using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Tasks;

/// <summary>One worker's lease on a task and what came of it, as requesters, quality managers and the worker see it.</summary>
[GraphQLName("Assignment")]
public sealed class AssignmentView
{
    internal const string Columns =
        "job_id, task_id, ordinal, worker_id, status as status_text, offered_at, lease_until, submitted_at, answer as answer_json, duration_ms, agrees as agrees_value, weight, "
        + "pay, paid, reason, note, settled_at, review_due, gold_right, appeal as appeal_text, invalid, repeats as repeated, consistent as consistent_value";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public int Ordinal { get; set; }

    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public long OfferedAt { get; set; }

    [GraphQLIgnore]
    public long LeaseUntil { get; set; }

    [GraphQLIgnore]
    public long? SubmittedAt { get; set; }

    [GraphQLIgnore]
    public string? AnswerJson { get; set; }

    [GraphQLIgnore]
    public long? AgreesValue { get; set; }

    [GraphQLIgnore]
    public long? SettledAt { get; set; }

    [GraphQLIgnore]
    public long? ReviewDue { get; set; }

    [GraphQLIgnore]
    public long? GoldRight { get; set; }

    [GraphQLIgnore]
    public string? AppealText { get; set; }

    public AssignmentId Id => AssignmentId.Of(Domain.TaskId.From(TaskId), Ordinal);

    public JobId Job => Domain.JobId.From(JobId);

    [GraphQLName("task")]
    public TaskId OfTask => Domain.TaskId.From(TaskId);

    public WorkerId Worker => Domain.WorkerId.From(WorkerId);

    public AssignmentStatus Status => Enum.Parse<AssignmentStatus>(StatusText, ignoreCase: true);

    [GraphQLName("offeredAt")]
    public DateTimeOffset Offered => Instants.FromMicroseconds(OfferedAt);

    /// <summary>End of the lease.</summary>
    [GraphQLName("leaseUntil")]
    public DateTimeOffset Until => Instants.FromMicroseconds(LeaseUntil);

    [GraphQLName("submittedAt")]
    public DateTimeOffset? Submitted => SubmittedAt is { } at ? Instants.FromMicroseconds(at) : null;

    public AnswerView? Answer => AnswerView.Of(AnswerJson);

    /// <summary>Milliseconds from the offer to the answer.</summary>
    [GraphQLName("durationMilliseconds")]
    public long? DurationMs { get; set; }

    /// <summary>Whether the answer agrees with the task's label; null until it is decided.</summary>
    public bool? Agrees => AgreesValue is { } value ? value == 1 : null;

    [GraphQLIgnore]
    public long? Invalid { get; set; }

    /// <summary>False when the answer no longer counts, because its worker's work is redone.</summary>
    public bool Counts => Invalid is null;

    [GraphQLIgnore]
    public int? Repeated { get; set; }

    [GraphQLIgnore]
    public long? ConsistentValue { get; set; }

    /// <summary>The assignment on which the worker answered the task first, if this one is a hidden repeat: no vote, only to measure whether they answer alike.</summary>
    public AssignmentId? Repeats => Repeated is { } first ? AssignmentId.Of(Domain.TaskId.From(TaskId), first) : null;

    /// <summary>On a hidden repeat: whether the answer agrees with the first one.</summary>
    public bool? Consistent => ConsistentValue is { } value ? value == 1 : null;

    /// <summary>On a gold task: whether the answer was the known one.</summary>
    [GraphQLName("goldRight")]
    public bool? WasGoldRight => GoldRight is { } value ? value == 1 : null;

    /// <summary>How far the worker was trusted in the decision.</summary>
    public double? Weight { get; set; }

    /// <summary>Pay for an accepted answer, in millionths of the currency's unit.</summary>
    [GraphQLName("payMicros")]
    public long Pay { get; set; }

    /// <summary>Paid.</summary>
    [GraphQLName("paidMicros")]
    public long Paid { get; set; }

    /// <summary>Why it was accepted, rejected or returned.</summary>
    public string? Reason { get; set; }

    /// <summary>What the requester wrote.</summary>
    public string? Note { get; set; }

    [GraphQLName("settledAt")]
    public DateTimeOffset? Settled => SettledAt is { } at ? Instants.FromMicroseconds(at) : null;

    /// <summary>When it counts as accepted if nobody reviews it.</summary>
    [GraphQLName("reviewDue")]
    public DateTimeOffset? Due => ReviewDue is { } at ? Instants.FromMicroseconds(at) : null;

    /// <summary>Where an appeal is; null when there is none.</summary>
    public AppealStatus? Appeal => AppealText is null ? null : Enum.Parse<AppealStatus>(AppealText, ignoreCase: true);
}
