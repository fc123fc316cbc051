namespace Crowd.Domain;

/// <summary>A program's request for a decision.</summary>
/// <param name="Key">The caller's key, 1 to <see cref="DecisionDecider.KeyLength"/> characters; the same key is the same request.</param>
/// <param name="InputHash">SHA-256 of the input's JSON in lower case hexadecimal.</param>
/// <param name="ContentHash">Hash of input and prediction.</param>
/// <param name="Prediction">What the machine says.</param>
public sealed record DecisionRequest(string Key, string InputHash, string ContentHash, Prediction Prediction);

/// <summary>
/// What may happen to a decision. Pure: the state and a command in, events or a refusal out. A decision is released once: every way out starts from a status that
/// the release ends, and the stream's version lets only one of two at the same time through.
/// </summary>
public static class DecisionDecider
{
    /// <summary>Most characters of a key.</summary>
    public const int KeyLength = 200;

    /// <summary>Takes a request. The same again changes nothing.</summary>
    /// <param name="state">The decision.</param>
    /// <param name="id">Its id.</param>
    /// <param name="job">The job whose gate it passes.</param>
    /// <param name="policy">The job's policy.</param>
    /// <param name="request">The request, checked.</param>
    /// <param name="routing">What the rules say of it.</param>
    /// <param name="status">Where the job is in its life.</param>
    /// <param name="now">The time.</param>
    public static Outcome<DecisionEvent[]> Request(
        DecisionState state, DecisionId id, JobId job, LoopPolicy policy, DecisionRequest request, Routing routing, JobStatus status, DateTimeOffset now)
    {
        if (state.Status != DecisionStatus.None)
        {
            return state.ContentHash == request.ContentHash
                ? Array.Empty<DecisionEvent>()
                : Reject.With(RejectionCode.IdempotencyConflict, "The key was used for another input or prediction: give every decision a key of its own.");
        }

        if (status != JobStatus.Open)
            return Reject.With(RejectionCode.JobStatus, $"The job is {status.ToString().ToLowerInvariant()}; decisions pass while it is open.");
        var requested = new DecisionEvent.Requested
        {
            Job = job,
            Decision = id,
            Key = request.Key,
            ContentHash = request.ContentHash,
            InputHash = request.InputHash,
            Prediction = request.Prediction,
            Routing = routing,
        };
        if (routing.Action != RouteAction.Accept)
            return new DecisionEvent[] { requested, Hold(job, policy, routing.Action, now) };
        var window = policy.Gate.VetoWindow;
        var accepted = new DecisionEvent.Accepted { Job = job, Label = request.Prediction.Label, VetoUntil = window > TimeSpan.Zero ? now + window : null, InAudit = routing.Audited };
        return window > TimeSpan.Zero
            ? new DecisionEvent[] { requested, accepted }
            : new DecisionEvent[] { requested, accepted, Machine(job, request.Prediction, waited: false) };
    }

    /// <summary>A person stops the machine's decision before it is released; it waits for a quality manager from then on.</summary>
    public static Outcome<DecisionEvent[]> Veto(DecisionState state, LoopPolicy policy, string reason, DateTimeOffset now)
    {
        if (state.Status == DecisionStatus.None)
            return Reject.NotFound("such decision");
        if (state.Status != DecisionStatus.Accepted || now >= state.Due)
            return Reject.With(RejectionCode.WindowClosed, $"The decision is {Name(state)}; it can be stopped while the machine's label waits to go out.");
        if (Wrong(reason) is { } unsaid)
            return unsaid;
        return new DecisionEvent[] { new DecisionEvent.Vetoed { Job = state.Job, Reason = reason }, Hold(state.Job, policy, RouteAction.Hold, now) };
    }

    /// <summary>A person decides. The same label again changes nothing.</summary>
    public static Outcome<DecisionEvent[]> Resolve(DecisionState state, LabelSchema schema, TaskInput input, Answer label, string reason)
    {
        if (state.Status == DecisionStatus.None)
            return Reject.NotFound("such decision");
        if (schema.Fit(label, input) is { Count: > 0 } wrong)
            return new Rejection(RejectionCode.AnswerInvalid, "The label does not fit: " + string.Join(" ", wrong.Select(v => v.Message))) { Violations = wrong };
        var normal = schema.Normalise(label);
        if (state is { Status: DecisionStatus.Released, By: ReleasedBy.Person } && state.Label == normal)
            return Array.Empty<DecisionEvent>();
        if (state.Status is DecisionStatus.Released or DecisionStatus.Refused)
            return Reject.With(RejectionCode.AlreadySettled, $"The decision is {Name(state)} already.");
        if (state.Status == DecisionStatus.Accepted)
            return Reject.With(RejectionCode.WindowClosed, "The machine's label waits to go out: stop it first (vetoDecision).");
        if (Wrong(reason) is { } unsaid)
            return unsaid;
        return One(new DecisionEvent.Released { Job = state.Job, Label = normal, By = ReleasedBy.Person, Waited = state.Due is not null, Confidence = 1, Reason = reason });
    }

    /// <summary>
    /// What people said of the task that was made for the decision: it releases a decision that waits for the crowd or experts, or is kept beside one that is in the
    /// audit sample. A decision that waits for a quality manager it does not release, even if it was stopped out of the audit sample. Late or twice it changes nothing.
    /// </summary>
    public static DecisionEvent[] Hear(DecisionState state, LabelSchema schema, Answer label, double confidence, bool byPerson, string? reason)
    {
        if (state is { Status: DecisionStatus.Held or DecisionStatus.Escalated, For: RouteAction.Crowd or RouteAction.Expert })
            return [new DecisionEvent.Released { Job = state.Job, Label = label, By = byPerson ? ReleasedBy.Person : ReleasedBy.Consensus, Waited = state.Due is not null, Confidence = confidence, Reason = reason }];
        return state is { Audited: true, AuditAgrees: null, Prediction: { } machine }
            ? [new DecisionEvent.Audited { Job = state.Job, Label = label, Agrees = Agreement.Agrees(schema, machine.Label, label) }]
            : [];
    }

    /// <summary>What the time asks for: the release of an accepted decision that nobody stopped, the fallback of a held one that nobody made.</summary>
    public static DecisionEvent[] Pass(DecisionState state, DateTimeOffset now)
    {
        if (state.Due is not { } due || now < due)
            return [];
        return state.Status switch
        {
            DecisionStatus.Accepted => [Machine(state.Job, state.Prediction!, waited: true)],
            DecisionStatus.Held => [new DecisionEvent.FallbackApplied { Job = state.Job, Fallback = state.Fallback }],
            _ => [],
        };
    }

    private static DecisionEvent.Released Machine(JobId job, Prediction prediction, bool waited) =>
        new() { Job = job, Label = prediction.Label, By = ReleasedBy.Machine, Waited = waited, Confidence = prediction.Confidence };

    private static DecisionEvent.Held Hold(JobId job, LoopPolicy policy, RouteAction action, DateTimeOffset now) =>
        new() { Job = job, For = action, Due = now + policy.Gate.ServiceLevel, Fallback = policy.Gate.Fallback };

    private static Rejection? Wrong(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > TaskDecider.ReasonLength
        ? Reject.Invalid([new("reason", "length", $"give a reason of 1 to {TaskDecider.ReasonLength} characters.")])
        : null;

    private static Outcome<DecisionEvent[]> One(DecisionEvent e) => new[] { e };

    private static string Name(DecisionState state) => state.Status.ToString().ToLowerInvariant();
}
