namespace Crowd.Domain;

/// <summary>What may happen to a worker. Pure: the state and a command in, events or a refusal out.</summary>
public static partial class WorkerDecider
{
    /// <summary>Most payouts of one worker under way at the same time.</summary>
    public const int PayoutLimit = 10;

    /// <summary>Makes the person a worker. A second time changes nothing.</summary>
    public static Outcome<WorkerEvent[]> Register(WorkerState state, WorkerId worker, PersonId person) =>
        state.Registered ? Nothing : One(new WorkerEvent.Registered { Worker = worker, Person = person });

    public static Outcome<WorkerEvent[]> Grant(WorkerState state, string qualification, string reason) =>
        (Missing(state) ?? BadReason(reason) ?? BadName(qualification)) is { } refused ? refused
        : state.Qualifications.Contains(qualification) ? Nothing
        : One(new WorkerEvent.QualificationGranted { Qualification = qualification, Reason = reason });

    public static Outcome<WorkerEvent[]> Revoke(WorkerState state, string qualification, string reason) =>
        (Missing(state) ?? BadReason(reason)) is { } refused ? refused
        : state.Qualifications.Contains(qualification) ? One(new WorkerEvent.QualificationRevoked { Qualification = qualification, Reason = reason })
        : Nothing;

    /// <summary>Stops new work until the instant, which lies ahead.</summary>
    public static Outcome<WorkerEvent[]> Suspend(WorkerState state, DateTimeOffset until, string reason, DateTimeOffset now) =>
        (Missing(state) ?? BadReason(reason)) is { } refused ? refused
        : until <= now ? Reject.Invalid([new("until", "future", "give an instant that lies ahead.")])
        : state.SuspendedUntil == until && state.SuspensionReason == reason ? Nothing
        : One(new WorkerEvent.Suspended { Until = until, Reason = reason });

    public static Outcome<WorkerEvent[]> LiftSuspension(WorkerState state, string reason) =>
        (Missing(state) ?? BadReason(reason)) is { } refused ? refused
        : state.SuspendedUntil is null ? Nothing
        : One(new WorkerEvent.SuspensionLifted { Reason = reason });

    /// <summary>Puts a quality manager's reliability in the place of the measured one, for a job or for all.</summary>
    public static Outcome<WorkerEvent[]> Override(WorkerState state, JobId? job, double value, string reason) =>
        (Missing(state) ?? BadReason(reason)) is { } refused ? refused
        : !(value is >= 0 and <= 1) ? Reject.Invalid([new("value", "range", "give a probability from 0 to 1.")])
        : One(new WorkerEvent.ReliabilityOverridden { Job = job, Value = value, Reason = reason });

    public static Outcome<WorkerEvent[]> ClearOverride(WorkerState state, JobId? job, string reason) =>
        (Missing(state) ?? BadReason(reason)) is { } refused ? refused
        : (job is { } j ? state.ReliabilityByJob.ContainsKey(j) : state.Reliability is not null)
            ? One(new WorkerEvent.ReliabilityOverrideCleared { Job = job, Reason = reason })
            : Nothing;

    private static Outcome<WorkerEvent[]> Nothing => Array.Empty<WorkerEvent>();

    private static Outcome<WorkerEvent[]> One(WorkerEvent e) => new[] { e };

    private static Rejection? Missing(WorkerState state) => state.Registered ? null : Reject.NotFound("such worker");

    private static Rejection? BadReason(string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > TaskDecider.ReasonLength
            ? Reject.Invalid([new("reason", "length", $"give a reason of 1 to {TaskDecider.ReasonLength} characters.")])
            : null;

    private static Rejection? BadName(string name) =>
        QualificationName.IsValid(name) ? null : Reject.Invalid([new("qualification", "form", QualificationName.Rule)]);
}
