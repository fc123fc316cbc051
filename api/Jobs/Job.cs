using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Jobs;

/// <summary>A job as its requester and quality managers see it. Amounts are in millionths of the currency's unit.</summary>
public sealed class Job
{
    private JobSpec? _spec;

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string Spec { get; set; } = "";

    [GraphQLIgnore]
    public string? LoopJson { get; set; }

    [GraphQLIgnore]
    public string RequesterId { get; set; } = "";

    [GraphQLIgnore]
    public long CreatedAt { get; set; }

    [GraphQLIgnore]
    public long? OpenedAt { get; set; }

    [GraphQLIgnore]
    public long? ClosedAt { get; set; }

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public int GivenUp { get; set; }

    [GraphQLIgnore]
    internal JobSpec Specification => _spec ??= JsonSerializer.Deserialize(Spec, DomainJson.Default.JobSpec)! with
    {
        Loop = LoopJson is null ? null : JsonSerializer.Deserialize(LoopJson, DomainJson.Default.LoopPolicy),
    };

    public JobId Id => Domain.JobId.From(JobId);

    /// <summary>The organisation that posted it.</summary>
    public RequesterId Requester => Domain.RequesterId.From(RequesterId);

    public string Title { get; set; } = "";

    /// <summary>Where the job is in its life.</summary>
    public JobState Status => StatusText switch
    {
        "draft" => JobState.Draft,
        "open" => JobState.Open,
        "paused" => JobState.Paused,
        "closing" => JobState.Closing,
        _ => GivenUp == 1 ? JobState.Cancelled : JobState.Closed,
    };

    /// <summary>Why it was paused.</summary>
    public string? PauseReason { get; set; }

    /// <summary>Markdown.</summary>
    public string Instructions => Specification.Instructions;

    /// <summary>Shown to workers beside the instructions.</summary>
    public IReadOnlyList<JobExampleView> Examples => JobExampleView.Of(Specification);

    public SchemaView Schema => SchemaView.Of(Specification.Schema);

    public PoliciesView Policies => PoliciesView.Of(Specification.Policies);

    public string Currency { get; set; } = "";

    [GraphQLName("createdAt")]
    public DateTimeOffset Created => Journal.Instants.FromMicroseconds(CreatedAt);

    [GraphQLName("openedAt")]
    public DateTimeOffset? Opened => OpenedAt is { } at ? Journal.Instants.FromMicroseconds(at) : null;

    [GraphQLName("closedAt")]
    public DateTimeOffset? Closed => ClosedAt is { } at ? Journal.Instants.FromMicroseconds(at) : null;

    /// <summary>Tasks to be labelled; gold ones not counted.</summary>
    [GraphQLName("taskCount")]
    public int Tasks { get; set; }

    /// <summary>Tasks with a known answer.</summary>
    [GraphQLName("goldTaskCount")]
    public int GoldTasks { get; set; }

    /// <summary>Tasks that have their label.</summary>
    [GraphQLName("decidedCount")]
    public int Decided { get; set; }

    /// <summary>Answers given.</summary>
    [GraphQLName("answerCount")]
    public int Answers { get; set; }

    [GraphQLName("acceptedCount")]
    public int Accepted { get; set; }

    [GraphQLName("rejectedCount")]
    public int Rejected { get; set; }

    /// <summary>All that was put into the escrow.</summary>
    [GraphQLName("heldMicros")]
    public long Held { get; set; }

    /// <summary>Paid from the escrow, fees included.</summary>
    [GraphQLName("spentMicros")]
    public long Spent { get; set; }

    /// <summary>What the escrow keeps for leases and answers that are not settled.</summary>
    [GraphQLName("reservedMicros")]
    public long Reserved { get; set; }

    /// <summary>What came back when the job closed.</summary>
    [GraphQLName("returnedMicros")]
    public long Returned { get; set; }

    /// <summary>What one answer costs, fee included.</summary>
    public long CostOfAnswerMicros => Specification.CostOfAnswerMicros;

    /// <summary>What the tasks can cost at most: every one with all the answers it may get.</summary>
    public long MostCostMicros => Specification.CostOfTasksMicros(Tasks);
}

/// <summary>Where a job is in its life.</summary>
[GraphQLName("JobStatus")]
public enum JobState
{
    /// <summary>It is being written: workers do not see it.</summary>
    Draft,

    /// <summary>Workers may take tasks.</summary>
    Open,

    /// <summary>No new tasks are given out.</summary>
    Paused,

    /// <summary>It ends once leases are over and answers settled.</summary>
    Closing,

    /// <summary>It has ended.</summary>
    Closed,

    /// <summary>It was given up and has ended.</summary>
    Cancelled,
}
