using Crowd.Domain;

namespace Crowd.Marketplace.Tasks;

/// <summary>One task: its assignments, its answers and its decision. Key: the task's id.</summary>
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>Gives the worker a lease. Called by the task's job, which has reserved the slot and the money.</summary>
    /// <param name="offer">What the job knows.</param>
    Task<Outcome<TaskProgress>> OfferAsync(TaskOffer offer);

    /// <summary>Takes an answer. The same answer again gives the same result.</summary>
    Task<Outcome<Receipt>> SubmitAsync(AssignmentId assignment, WorkerId worker, Answer answer, string actor);

    /// <summary>Takes a lease back at the worker's wish.</summary>
    Task<Outcome<Done>> ReturnAsync(AssignmentId assignment, WorkerId worker, string? reason, string actor);

    /// <summary>Notes a problem with the task and gives the lease back. A second report changes nothing.</summary>
    Task<Outcome<Done>> ReportAsync(AssignmentId assignment, WorkerId worker, Problem problem, string? message, string actor);

    /// <summary>
    /// Ends leases and review windows whose time is over, decides if a changed policy wants no more answers, and says where the task and its
    /// assignments stand.
    /// </summary>
    /// <param name="spec">The job's specification as it is now.</param>
    /// <param name="about">On a gold task: the assignments that the job asks about, beside the leases there are.</param>
    Task<TaskProgress> ExpireAsync(JobSpec spec, IReadOnlyList<AssignmentId> about);

    /// <summary>The requester's word on an answer.</summary>
    Task<Outcome<Done>> ReviewAsync(AssignmentId assignment, bool approve, string? note, string actor);

    /// <summary>The worker's appeal.</summary>
    Task<Outcome<Done>> AppealAsync(AssignmentId assignment, WorkerId worker, string message, string actor);

    /// <summary>A quality manager's answer to an appeal.</summary>
    Task<Outcome<Done>> ResolveAppealAsync(AssignmentId assignment, bool uphold, string reason, string actor);

    /// <summary>The label of an expert or quality manager.</summary>
    /// <param name="label">The label.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="seen">The version that the actor decided on: refused when the task has changed since. Null to decide whatever it has come to.</param>
    Task<Outcome<Done>> AdjudicateAsync(Answer label, string reason, string actor, long? seen = null);

    /// <summary>Makes a decided task gold.</summary>
    Task<Outcome<Done>> MakeGoldAsync(string reason, string actor);

    /// <summary>Gives a gold task out no more.</summary>
    Task<Outcome<Done>> RetireGoldAsync(string reason, string actor);

    /// <summary>Has the worker's part in the task done again, if it is neither decided nor paid.</summary>
    Task<Outcome<Done>> RedoAsync(WorkerId worker, string reason, string actor);

    /// <summary>Ends the task with its job.</summary>
    Task<TaskProgress> CloseAsync(bool cancelled);

    /// <summary>Does what the job's rules say of a prediction, unless people have begun.</summary>
    Task RouteAsync(JobId job, Routing routing, Prediction prediction);

    /// <summary>Does what the job's rules say now of a task that nobody has begun with.</summary>
    Task RerouteAsync(JobId job, Routing routing, Prediction prediction);

    /// <summary>Shows the worker what the model said, as the policy allows; that it was shown is kept.</summary>
    Task<Outcome<SeenPrediction>> ShowPredictionAsync(AssignmentId assignment, WorkerId worker, string actor);

    /// <summary>Keeps the label of a re-estimation.</summary>
    Task ReviseAsync(Answer label, double confidence, string method);
}

/// <summary>A lease that a job has a task give out.</summary>
/// <param name="Job">The job.</param>
/// <param name="Spec">The job's specification as it is now.</param>
/// <param name="Gold">The known answer of a gold task.</param>
/// <param name="Worker">Who gets it.</param>
/// <param name="Fresh">True when the job has never had this task given out: then there is nothing to replay.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Again">True when the worker answered the task before and gets it as a hidden repeat.</param>
public sealed record TaskOffer(JobId Job, JobSpec Spec, Answer? Gold, WorkerId Worker, bool Fresh, string Actor, bool Again = false);

/// <summary>What a worker gets for an answer.</summary>
/// <param name="Assignment">The assignment that was answered.</param>
/// <param name="Repeated">True when the same answer had been submitted before: nothing changed.</param>
public sealed record Receipt(AssignmentId Assignment, bool Repeated);

/// <summary>Where a task stands, for its job. Absolute, so that hearing it twice or late does no harm; of two, the one with the higher version counts.</summary>
public sealed record TaskProgress
{
    public required TaskId Task { get; init; }

    public required long Version { get; init; }

    public required TaskStage Stage { get; init; }

    /// <summary>Whom the task is for, when rules said so after it was added.</summary>
    public Routing? Routing { get; init; }

    /// <summary>Answers wanted in all.</summary>
    public required int Wanted { get; init; }

    public required int Answers { get; init; }

    public required int Leases { get; init; }

    public required int Unsettled { get; init; }

    /// <summary>
    /// Paid from the escrow, or reserved in it for leases and answers not settled, in micros; of hidden repeats only what was paid, since the job keeps count of
    /// those under way.
    /// </summary>
    public required long CommittedMicros { get; init; }

    /// <summary>The earliest end of a review window, if answers wait in one.</summary>
    public DateTimeOffset? ReviewDue { get; init; }

    /// <summary>The assignment that this is about, if any.</summary>
    public AssignmentId? Assignment { get; init; }

    /// <summary>Its worker.</summary>
    public WorkerId? Worker { get; init; }

    /// <summary>What became of it.</summary>
    public AssignmentStatus? Status { get; init; }

    /// <summary>End of its lease.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Its pay, if accepted.</summary>
    public long PayMicros { get; init; }

    /// <summary>On a gold task: whether the answer was right.</summary>
    public bool? GoldRight { get; init; }

    /// <summary>Whether the assignment is a hidden repeat.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How each hidden repeat of the task stands; null when there is none.</summary>
    public IReadOnlyList<AssignmentProgress>? Repeats { get; init; }

    /// <summary>
    /// When the job asked: how each assignment stands, by its number; on a gold task only the leases and those asked about. When the task told of
    /// something by itself, null or the assignments that it is about.
    /// </summary>
    public IReadOnlyList<AssignmentProgress>? Assignments { get; init; }
}

/// <summary>Where an assignment stands, for its job.</summary>
public sealed record AssignmentProgress(AssignmentId Id, WorkerId Worker, AssignmentStatus Status, DateTimeOffset LeaseUntil, long PayMicros)
{
    /// <summary>Whether it is a hidden repeat.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The fee on the pay.</summary>
    public long FeeMicros { get; init; }

    internal static AssignmentProgress Of(Assignment a) => new(a.Id, a.Worker, a.Status, a.LeaseUntil, a.PayMicros) { IsRepeat = a.Repeats is not null, FeeMicros = a.FeeMicros };
}
