namespace Crowd.Domain;

/// <content>Gold from decided tasks, and the work of a worker done again.</content>
public static partial class TaskDecider
{
    /// <summary>
    /// Makes a decided task gold: its label counts as known, and workers who never had it are given it unmarked. Answers, votes and payments from before
    /// stand and measure nobody; the task stays decided for its requester. A second time changes nothing.
    /// </summary>
    public static Outcome<TaskEvent[]> MakeGold(TaskState state, string reason)
    {
        if (state.Gold is not null && !state.GoldRetired)
            return Nothing;
        if (state.Stage != TaskStage.Decided)
            return WrongStage(state, "made gold", "decided");
        if (state.Assignments.Any(a => a.Status is AssignmentStatus.Submitted or AssignmentStatus.Leased))
            return Reject.With(RejectionCode.TaskStatus, "Answers of this task are under way or wait to be settled: make it gold afterwards.");
        return BadReason(reason) is { } bad ? bad : One(new TaskEvent.MadeGold { Job = state.Job, Gold = state.FinalLabel ?? state.Label!, Reason = reason });
    }

    /// <summary>
    /// Gives a gold task out no more and settles the answers that wait, by the known answer; leases under way may be answered. A second time changes nothing.
    /// </summary>
    public static Outcome<TaskEvent[]> RetireGold(TaskState state, JobId job, JobSpec spec, string reason)
    {
        if (state.Gold is not { } gold)
            return Reject.With(RejectionCode.TaskStatus, "This is no gold task.");
        if (state.GoldRetired)
            return Nothing;
        if (BadReason(reason) is { } bad)
            return bad;
        var withJob = state with { Job = job };
        return (TaskEvent[])[new TaskEvent.GoldRetired { Job = job, Reason = reason }, .. Settle(withJob, spec, SettlementsOf(withJob, spec, gold))];
    }

    /// <summary>
    /// Has the worker's part in a task that is not decided done again by somebody else: a lease is taken back; an answer that is not settled no longer counts and is
    /// rejected (its worker may appeal). What was accepted is paid and stays. Nothing to do changes nothing.
    /// </summary>
    public static Outcome<TaskEvent[]> Redo(TaskState state, JobSpec spec, WorkerId worker, string reason)
    {
        if (BadReason(reason) is { } bad)
            return bad;
        if (state.Gold is not null || state.Stage is not (TaskStage.Open or TaskStage.Escalated))
            return Nothing;
        if (state.Assignments.FirstOrDefault(a => a.Worker == worker && a.Status is AssignmentStatus.Leased or AssignmentStatus.Submitted) is not { } theirs)
            return Nothing;
        if (theirs.Status == AssignmentStatus.Leased)
            return One(new TaskEvent.Returned { Job = state.Job, Assignment = theirs.Id, Worker = worker, Reason = Cut($"Taken back: {reason}"), ReleasedMicros = theirs.ReservedMicros });
        if (theirs.Repeats is not null)
            return Settle(state, spec, [Refuse(theirs, SettlementReason.Invalidated, reason)]);
        var redundancy = spec.Policies.Redundancy;
        var invalidated = new TaskEvent.Invalidated
        {
            Job = state.Job,
            Assignment = theirs.Id,
            Worker = worker,
            Reason = reason,
            Wanted = Math.Clamp(state.Answers, redundancy.MinAnswers, redundancy.MaxAnswers), // one less counts now: as many as there were
        };
        return (TaskEvent[])[invalidated, .. Settle(state, spec, [Refuse(theirs, SettlementReason.Invalidated, reason)])];
    }

    private static Rejection? BadReason(string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLength ? Reject.Invalid([new("reason", "length", $"give a reason of 1 to {ReasonLength} characters.")]) : null;
}
