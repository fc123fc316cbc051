using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>Where a task is in its life.</summary>
public enum TaskStage
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

/// <summary>Where an assignment is in its life.</summary>
public enum AssignmentStatus
{
    /// <summary>The worker has the task.</summary>
    Leased,

    /// <summary>Answered, not settled yet.</summary>
    Submitted,

    /// <summary>Answered, accepted and paid.</summary>
    Accepted,

    /// <summary>Answered and rejected.</summary>
    Rejected,

    /// <summary>Given back.</summary>
    Returned,

    /// <summary>The lease ended.</summary>
    Expired,
}

/// <summary>One worker's lease on the task and what came of it.</summary>
public sealed record Assignment
{
    public required AssignmentId Id { get; init; }

    public required WorkerId Worker { get; init; }

    public required AssignmentStatus Status { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset LeaseUntil { get; init; }

    public required long PayMicros { get; init; }

    public required long FeeMicros { get; init; }

    /// <summary>What the escrow keeps for it: pay and fee while it is leased or waits to be settled.</summary>
    [JsonIgnore]
    public long ReservedMicros => Status is AssignmentStatus.Leased or AssignmentStatus.Submitted ? PayMicros + FeeMicros : 0;

    public Answer? Answer { get; init; }

    public DateTimeOffset? ReviewDue { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>True when the platform paid, so that nothing came from the escrow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PaidByPlatform { get; init; }

    public AppealStatus Appeal { get; init; }

    /// <summary>The arm of the job's experiment.</summary>
    public string? Arm { get; init; }

    /// <summary>When the worker may see the prediction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ShowPrediction Show { get; init; }

    /// <summary>The prediction that was shown.</summary>
    public SeenPrediction? Seen { get; init; }

    /// <summary>True when the answer was held against a known one; it is no vote.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AsGold { get; init; }

    /// <summary>The earlier assignment of the same worker that this one repeats, to measure whether they answer alike; it is no vote.</summary>
    public AssignmentId? Repeats { get; init; }

    /// <summary>True when the answer no longer counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Invalid { get; init; }

    /// <summary>Whether its worker reported a problem.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reported { get; init; }

    /// <summary>Whether an answer was given.</summary>
    [JsonIgnore]
    public bool Answered => Answer is not null;
}

/// <summary>Where an appeal is.</summary>
public enum AppealStatus
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It waits for a quality manager.</summary>
    Open,

    /// <summary>The rejection was taken back.</summary>
    Upheld,

    /// <summary>The rejection stands.</summary>
    Dismissed,
}

/// <summary>A task as its events make it.</summary>
public sealed record TaskState
{
    public JobId Job { get; init; }

    public TaskStage Stage { get; init; }

    /// <summary>All assignments ever, by their number.</summary>
    public ImmutableArray<Assignment> Assignments { get; init; } = [];

    /// <summary>The known answer of a gold task.</summary>
    public Answer? Gold { get; init; }

    /// <summary>True when a gold task is given out no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GoldRetired { get; init; }

    /// <summary>Answers that are wanted; 0 until the job's policy was first applied.</summary>
    public int Wanted { get; init; }

    public Answer? Label { get; init; }

    /// <summary>The label of the re-estimation, when it differs.</summary>
    public Answer? FinalLabel { get; init; }

    public double Confidence { get; init; }

    public DecidedBy? DecidedBy { get; init; }

    /// <summary>The votes of the decision.</summary>
    public IReadOnlyList<Vote>? Votes { get; init; }

    /// <summary>What the job's rules said of a prediction that came later than the task.</summary>
    public Routing? Routing { get; init; }

    /// <summary>Answers given so far that count, whatever became of them; those to hidden repeats do not.</summary>
    [JsonIgnore]
    public int Answers => Assignments.Count(a => a is { Answered: true, Invalid: false, Repeats: null });

    /// <summary>Whether workers are given the task: it collects answers, or its label measures them.</summary>
    [JsonIgnore]
    public bool IsGivenOut => Stage == TaskStage.Open ? !GoldRetired : Stage == TaskStage.Decided && Gold is not null && !GoldRetired;

    /// <summary>The answers that are votes on the label.</summary>
    [JsonIgnore]
    public IEnumerable<Assignment> Voting => Assignments.Where(a => a is { Answered: true, Invalid: false, AsGold: false, Repeats: null });

    /// <summary>Leases that are neither answered, returned nor expired and will bring an answer that counts.</summary>
    [JsonIgnore]
    public int LiveLeases => Assignments.Count(a => a is { Status: AssignmentStatus.Leased, Repeats: null });

    /// <summary>Answers that wait to be accepted or rejected.</summary>
    [JsonIgnore]
    public int Unsettled => Assignments.Count(a => a.Status == AssignmentStatus.Submitted);

    /// <summary>The assignment, or null.</summary>
    public Assignment? Find(AssignmentId id) => id.Ordinal < Assignments.Length && Assignments[id.Ordinal].Id == id ? Assignments[id.Ordinal] : null;

    /// <summary>The state after an event that happened at an instant.</summary>
    public TaskState Apply(TaskEvent e, DateTimeOffset at) => e switch
    {
        TaskEvent.Offered o => this with
        {
            Job = o.Job,
            Gold = o.Gold ?? Gold,
            Assignments = Assignments.Add(new()
            {
                Id = o.Assignment,
                Worker = o.Worker,
                Status = AssignmentStatus.Leased,
                OfferedAt = at,
                LeaseUntil = o.LeaseUntil,
                PayMicros = o.PayMicros,
                FeeMicros = o.FeeMicros,
                Arm = o.Arm,
                Show = o.Show,
                Seen = o.Shown,
                Repeats = o.Repeats,
            }),
        },
        TaskEvent.Submitted s => With(s.Assignment, a => a with { Status = AssignmentStatus.Submitted, Answer = s.Answer, ReviewDue = s.ReviewDue, AsGold = s.GoldRight is not null }),
        TaskEvent.Returned r => With(r.Assignment, a => a with { Status = AssignmentStatus.Returned }),
        TaskEvent.Reported r => With(r.Assignment, a => a with { Reported = true }),
        TaskEvent.Expired x => With(x.Assignment, a => a with { Status = AssignmentStatus.Expired }),
        TaskEvent.Routed { Reopens: true } r => this with { Job = r.Job, Routing = r.Routing, Stage = TaskStage.Open, Label = null, Confidence = 0 },
        TaskEvent.Routed r => this with { Job = r.Job, Routing = r.Routing },
        TaskEvent.PredictionShown p => With(p.Assignment, a => a with { Seen = p.Seen }),
        TaskEvent.MoreWanted m => this with { Wanted = m.Wanted },
        TaskEvent.Decided d => this with
        {
            Job = d.Job,
            Stage = TaskStage.Decided,
            Label = d.Label,
            Confidence = d.Confidence,
            DecidedBy = d.By,
            Votes = d.Votes,
            FinalLabel = null,
            Gold = null, // an adjudicated task is an ordinary one again; only what was retired gets here
            GoldRetired = false,
        },
        TaskEvent.Escalated x => this with { Stage = TaskStage.Escalated, Label = x.Label, Confidence = x.Confidence },
        TaskEvent.Settled s => s.Settlements.Aggregate(this, (state, one) => state.With(one.Assignment, a => a with
        {
            Status = one.Accepted ? AssignmentStatus.Accepted : AssignmentStatus.Rejected,
            SettledAt = at,
            PaidByPlatform = one.PaidByPlatform,
        })),
        TaskEvent.Appealed p => With(p.Assignment, a => a with { Appeal = AppealStatus.Open }),
        TaskEvent.AppealResolved r => With(r.Assignment, a => a with { Appeal = r.Upheld ? AppealStatus.Upheld : AppealStatus.Dismissed }),
        TaskEvent.Revised r => this with { FinalLabel = r.Label },
        TaskEvent.Closed c => this with { Job = c.Job, Stage = TaskStage.Closed },
        TaskEvent.MadeGold g => this with { Gold = g.Gold, GoldRetired = false },
        TaskEvent.GoldRetired => this with { GoldRetired = true },
        TaskEvent.Invalidated i => With(i.Assignment, a => a with { Invalid = true }) with { Stage = TaskStage.Open, Wanted = i.Wanted },
        _ => throw new InvalidOperationException($"A task does not know {e.GetType().Name}."),
    };

    private TaskState With(AssignmentId id, Func<Assignment, Assignment> change) =>
        this with { Assignments = Assignments.SetItem(id.Ordinal, change(Assignments[id.Ordinal])) };
}
