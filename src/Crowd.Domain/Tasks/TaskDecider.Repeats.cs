namespace Crowd.Domain;

/// <content>Tasks shown again to a worker who answered them before, to measure whether they answer alike.</content>
public static partial class TaskDecider
{
    /// <summary>
    /// Gives the worker a task that they answered before once more. The answer is no vote and fills no place among those wanted; it is held against the first one and
    /// settled and paid as any answer of the task. Each worker gets a task at most once again.
    /// </summary>
    public static Outcome<TaskEvent[]> OfferAgain(TaskState state, TaskId task, JobSpec spec, WorkerId worker, DateTimeOffset now, SeenPrediction? predicted = null)
    {
        if (state.Stage == TaskStage.Closed || state.Gold is not null || state.Assignments.Length > AssignmentId.MaxOrdinal)
            return Reject.With(RejectionCode.NoWork, "The task is not shown again.");
        if (state.Assignments.FirstOrDefault(a => a.Worker == worker && a is { Answered: true, Invalid: false, AsGold: false, Repeats: null }) is not { } first)
            return Reject.With(RejectionCode.NoWork, "The worker has not answered the task.");
        if (state.Assignments.Any(a => a.Worker == worker && a.Repeats is not null))
            return Reject.With(RejectionCode.NoWork, "The worker had the task again before.");
        return One(new TaskEvent.Offered
        {
            Job = state.Job,
            Assignment = AssignmentId.Of(task, state.Assignments.Length),
            Worker = worker,
            LeaseUntil = now + spec.Policies.LeaseTime,
            PayMicros = spec.Policies.PayMicros,
            FeeMicros = spec.Policies.FeeMicros,
            Arm = first.Arm,
            Show = first.Show,
            Shown = first.Show == ShowPrediction.First ? predicted : null,
            Repeats = first.Id,
        });
    }
}
