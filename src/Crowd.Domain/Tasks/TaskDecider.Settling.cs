namespace Crowd.Domain;

public static partial class TaskDecider
{
    /// <summary>Decides the task and settles its answers as the job's policy says.</summary>
    private static TaskEvent[] Decide(TaskState state, JobSpec spec, Answer label, Evaluation evaluation, DecidedBy by, string? reason)
    {
        var decided = new TaskEvent.Decided
        {
            Job = state.Job,
            Label = label,
            Confidence = evaluation.Confidence,
            By = by,
            Votes = evaluation.Votes,
            Reason = reason,
            Replaces = state.Votes,
            Model = evaluation.Model,
        };
        return [decided, .. Settle(state, spec, SettlementsOf(state, spec, label))];
    }

    /// <summary>
    /// The label of an expert or quality manager, for an escalated task or one that is decided already. Answers that an earlier label had rejected and
    /// this one proves right are paid now, without an appeal; what was paid stands.
    /// </summary>
    /// <param name="evaluation">The votes; which of them agree is worked out against the adjudicated label.</param>
    /// <param name="byPlatform">Answers proved right that the job's escrow does not cover: the platform pays them.</param>
    public static Outcome<TaskEvent[]> Adjudicate(
        TaskState state, JobId job, JobSpec spec, Answer label, string reason, TaskInput input, Evaluation? evaluation, IReadOnlyCollection<AssignmentId>? byPlatform = null)
    {
        if (state.Gold is not null && !(state.GoldRetired && state.Label is not null))
            return Reject.With(RejectionCode.TaskStatus, "This task has a known answer; it is not adjudicated. If it was made gold from a decided task, retire it first.");
        if (state.Stage == TaskStage.Closed)
            return WrongStage(state, "adjudicated", "open, escalated or decided");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLength)
            return Reject.Invalid([new("reason", "length", $"give a reason of 1 to {ReasonLength} characters.")]);
        if (spec.Schema.Fit(label, input) is { Count: > 0 } wrong)
            return new Rejection(RejectionCode.AnswerInvalid, "The label does not fit: " + string.Join(" ", wrong.Select(v => v.Message))) { Violations = wrong };

        var normal = spec.Schema.Normalise(label);
        if (state is { Stage: TaskStage.Decided, DecidedBy: DecidedBy.Adjudication } && state.Label == normal)
            return Nothing;
        var votes = (evaluation?.Votes ?? []).Select(v => v with { Agrees = Agreement.Agrees(spec.Schema, state.Find(v.Assignment)!.Answer!, normal) }).ToArray();
        return (TaskEvent[])
        [
            .. Decide(state with { Job = job }, spec, normal, new(normal, 1, votes), DecidedBy.Adjudication, reason),
            .. PayProvedRight(state with { Job = job }, spec, normal, reason, byPlatform ?? []),
        ];
    }

    /// <summary>Pays what an earlier label rejected and this one proves right. What a requester rejected by review, or what no longer counts, needs an appeal.</summary>
    private static TaskEvent[] PayProvedRight(TaskState state, JobSpec spec, Answer label, string reason, IReadOnlyCollection<AssignmentId> byPlatform)
    {
        var right = state.Assignments
            .Where(a => a is { Status: AssignmentStatus.Rejected, ReviewDue: null, Invalid: false } && Agreement.Agrees(spec.Schema, a.Answer!, label)).ToArray();
        return
        [
            .. right.Where(a => a.Appeal == AppealStatus.Open)
                .Select(a => new TaskEvent.AppealResolved { Job = state.Job, Assignment = a.Id, Worker = a.Worker, Upheld = true, Reason = reason }),
            .. Settle(state, spec, [.. right.Select(a => Accept(a, SettlementReason.ProvedRight, null) with { PaidByPlatform = byPlatform.Contains(a.Id) })]),
        ];
    }

    /// <summary>Ends the task with its job: decided from the answers there are, or closed when there are none or the job was given up.</summary>
    public static TaskEvent[] Close(TaskState state, JobId job, JobSpec spec, bool cancelled, Evaluation? evaluation)
    {
        var withJob = state with { Job = job };
        if (state.Stage == TaskStage.Closed)
            return [];
        if (state.Stage == TaskStage.Decided || state.Gold is not null)
        {
            var label = state.Gold ?? state.Label!;
            return Settle(withJob, spec, SettlementsOf(state, spec, label));
        }

        if (!cancelled && evaluation is not null)
            return Decide(withJob, spec, evaluation.Label, evaluation, DecidedBy.JobClosed, null);

        // The work was done in good faith and nothing says that it was wrong: it is paid.
        var paid = state.Assignments.Where(a => a.Status == AssignmentStatus.Submitted).Select(a => Accept(a, SettlementReason.JobEnded, null)).ToArray();
        return [new TaskEvent.Closed { Job = job }, .. Settle(withJob, spec, paid)];
    }

    /// <summary>The requester's word on one answer under <see cref="PayFor.Reviewed"/>. The same word again changes nothing.</summary>
    public static Outcome<TaskEvent[]> Review(TaskState state, JobSpec spec, AssignmentId id, bool approve, string? note)
    {
        if (state.Find(id) is not { Answered: true } assignment)
            return Reject.NotFound("answer on such an assignment");
        if (assignment.Status is AssignmentStatus.Accepted or AssignmentStatus.Rejected)
        {
            return assignment.Status == AssignmentStatus.Accepted == approve
                ? Nothing
                : Reject.With(RejectionCode.AlreadySettled, $"The answer was {assignment.Status.ToString().ToLowerInvariant()} already.");
        }

        if (assignment.ReviewDue is null)
            return Reject.With(RejectionCode.TaskStatus, "This job's answers are settled by their consensus; they are not reviewed one by one.");
        if (!approve && string.IsNullOrWhiteSpace(note))
            return Reject.Invalid([new("reason", "required", "say why, for the worker to read.")]);
        var settlement = approve ? Accept(assignment, SettlementReason.Approved, Cut(note)) : Refuse(assignment, SettlementReason.RejectedByRequester, Cut(note));
        return Settle(state, spec, [settlement]);
    }

    /// <summary>Accepts the answers whose review window is over.</summary>
    public static TaskEvent[] AcceptUnreviewed(TaskState state, JobSpec spec, DateTimeOffset now) => Settle(state, spec,
    [
        .. state.Assignments.Where(a => a.Status == AssignmentStatus.Submitted && a.ReviewDue <= now).Select(a => Accept(a, SettlementReason.ReviewWindowOver, null)),
    ]);

    /// <summary>The worker's appeal against a rejection. A second one changes nothing while the first is open.</summary>
    public static Outcome<TaskEvent[]> Appeal(TaskState state, JobSpec spec, AssignmentId id, WorkerId worker, string message, DateTimeOffset now)
    {
        if (state.Find(id) is not { } assignment || assignment.Worker != worker)
            return Reject.NotFound("such assignment of yours");
        if (assignment.Appeal == AppealStatus.Open)
            return Nothing;
        if (assignment.Status != AssignmentStatus.Rejected || assignment.Appeal != AppealStatus.None)
            return Reject.With(RejectionCode.TaskStatus, "Only a rejected answer can be appealed, and only once.");
        if (now > assignment.SettledAt + spec.Policies.AppealWindow)
            return Reject.With(RejectionCode.WindowClosed, $"The time to appeal ended at {assignment.SettledAt + spec.Policies.AppealWindow:u}.");
        if (string.IsNullOrWhiteSpace(message) || message.Length > ReasonLength)
            return Reject.Invalid([new("message", "length", $"say why in 1 to {ReasonLength} characters.")]);
        return One(new TaskEvent.Appealed { Job = state.Job, Assignment = id, Worker = worker, Message = message });
    }

    /// <summary>Answers an appeal; an upheld one is paid.</summary>
    /// <param name="escrowPays">False when the job's escrow went back or does not cover it: then the platform pays.</param>
    public static Outcome<TaskEvent[]> ResolveAppeal(TaskState state, JobSpec spec, AssignmentId id, bool uphold, string reason, bool escrowPays)
    {
        if (state.Find(id) is not { } assignment || assignment.Appeal == AppealStatus.None)
            return Reject.NotFound("appeal on such an assignment");
        if (assignment.Appeal != AppealStatus.Open)
            return (assignment.Appeal == AppealStatus.Upheld) == uphold ? Nothing : Reject.With(RejectionCode.AlreadySettled, "The appeal was answered already.");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLength)
            return Reject.Invalid([new("reason", "length", $"give a reason of 1 to {ReasonLength} characters.")]);
        var resolved = new TaskEvent.AppealResolved { Job = state.Job, Assignment = id, Worker = assignment.Worker, Upheld = uphold, Reason = reason };
        return uphold
            ? new TaskEvent[] { resolved, Settle(state, spec, [Accept(assignment, SettlementReason.AppealUpheld, null) with { PaidByPlatform = !escrowPays }])[0] }
            : One(resolved);
    }

    /// <summary>Keeps the label of a re-estimation beside the one at decision time, when it differs.</summary>
    public static TaskEvent[] Revise(TaskState state, Answer label, double confidence, string method) =>
        state is { Stage: TaskStage.Decided, Gold: null } && state.DecidedBy != DecidedBy.Adjudication && (state.FinalLabel ?? state.Label) != label
            ? [new TaskEvent.Revised { Job = state.Job, Label = label, Confidence = confidence, Method = method }]
            : [];

    /// <summary>
    /// How the answers not settled yet are settled now that the label (or nothing) is known. Answers given to be reviewed wait for that, whatever the
    /// job's policy has become since; and those given before it became so are settled by their label.
    /// </summary>
    private static Settlement[] SettlementsOf(TaskState state, JobSpec spec, Answer? label) => spec.Policies.PayFor switch
    {
        PayFor.All => [.. Submitted(state).Select(a => Accept(a, SettlementReason.EveryAnswer, null))],
        _ => label is null
            ? []
            : [.. Submitted(state).Select(a => Agreement.Agrees(spec.Schema, a.Answer!, label) ? Accept(a, SettlementReason.Agrees, null) : Refuse(a, SettlementReason.Disagrees, null))],
    };

    private static IEnumerable<Assignment> Submitted(TaskState state) => state.Assignments.Where(a => a is { Status: AssignmentStatus.Submitted, ReviewDue: null });

    private static TaskEvent[] Settle(TaskState state, JobSpec spec, Settlement[] settlements) =>
        settlements.Length == 0 ? [] : [new TaskEvent.Settled { Job = state.Job, Currency = spec.Currency, Settlements = settlements }];

    private static Settlement Accept(Assignment a, SettlementReason reason, string? note) => new()
    {
        Assignment = a.Id,
        Worker = a.Worker,
        Accepted = true,
        PayMicros = a.PayMicros,
        FeeMicros = a.FeeMicros,
        ReservedMicros = a.ReservedMicros,
        Reason = reason,
        Note = note,
    };

    private static Settlement Refuse(Assignment a, SettlementReason reason, string? note) => new()
    {
        Assignment = a.Id,
        Worker = a.Worker,
        Accepted = false,
        PayMicros = 0,
        FeeMicros = 0,
        ReservedMicros = a.ReservedMicros,
        Reason = reason,
        Note = note,
    };
}
