namespace Crowd.Domain;

/// <content>What models have to do with a task.</content>
public static partial class TaskDecider
{
    /// <summary>
    /// Does what the job's rules say of a prediction: decides by the machine, escalates, or keeps whom the task is for. Once people have begun, or when it was said
    /// before, nothing changes.
    /// </summary>
    public static TaskEvent[] Route(TaskState state, JobId job, JobSpec spec, Routing routing, Prediction prediction)
    {
        if (state.Stage != TaskStage.Open || state.Assignments.Length > 0 || state.Gold is not null || state.Routing == routing)
            return [];
        var routed = new TaskEvent.Routed { Job = job, Routing = routing, Label = prediction.Label };
        return routing switch
        {
            // An audited task is left to the crowd, whose label can then be held against the machine's.
            { Action: RouteAction.Accept, Audited: false } =>
                [routed, .. Decide(state with { Job = job }, spec, prediction.Label, new(prediction.Label, prediction.Confidence ?? 0, []), DecidedBy.Machine, null)],
            { Action: RouteAction.Hold } => [routed, new TaskEvent.Escalated { Job = job, Confidence = prediction.Confidence ?? 0, Label = prediction.Label, Votes = [] }],
            _ => [routed],
        };
    }

    /// <summary>
    /// Does what the rules say now of a task that they routed before: one that no person has begun with, open or held by a rule. What they say already changes nothing.
    /// </summary>
    public static TaskEvent[] Reroute(TaskState state, JobId job, JobSpec spec, Routing routing, Prediction prediction)
    {
        if (state.Routing?.SaysAs(routing) is true)
            return [];
        if (state is not { Stage: TaskStage.Escalated, Assignments.Length: 0, Gold: null, Routing.Action: RouteAction.Hold })
            return Route(state, job, spec, routing, prediction);
        var routed = new TaskEvent.Routed { Job = job, Routing = routing, Label = prediction.Label, Reopens = routing.Action != RouteAction.Hold };
        return routing is { Action: RouteAction.Accept, Audited: false }
            ? [routed, .. Decide(state with { Job = job }, spec, prediction.Label, new(prediction.Label, prediction.Confidence ?? 0, []), DecidedBy.Machine, null)]
            : [routed];
    }

    /// <summary>Shows the worker what the model said, as the policy at the offer allows. A second time changes nothing.</summary>
    /// <param name="state">The task.</param>
    /// <param name="id">The worker's assignment.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="predicted">What the job's model said; null when it said nothing.</param>
    public static Outcome<TaskEvent[]> Show(TaskState state, AssignmentId id, WorkerId worker, SeenPrediction? predicted)
    {
        if (state.Find(id) is not { } assignment || assignment.Worker != worker)
            return Reject.NotFound("such assignment of yours");
        if (assignment.Seen is not null)
            return Nothing;
        var allowed = assignment.Show switch
        {
            ShowPrediction.OnRequest or ShowPrediction.First => assignment.Answered || assignment.Status == AssignmentStatus.Leased,
            ShowPrediction.AfterAnswer => assignment.Answered,
            _ => false,
        };
        if (!allowed)
            return Reject.With(RejectionCode.Forbidden, "This job does not show you what a model says, or not before you have answered.");
        return predicted is null
            ? Reject.NotFound("prediction on this task")
            : One(new TaskEvent.PredictionShown { Job = state.Job, Assignment = id, Worker = worker, Seen = predicted });
    }
}
