namespace Crowd.Domain;

/// <summary>What the answers of a task add up to, as the job's model of its workers sees it.</summary>
public sealed record Evaluation(Answer Label, double Confidence, IReadOnlyList<Vote> Votes)
{
    /// <summary>The model's vote, if it has one.</summary>
    public ModelVote? Model { get; init; }
}

/// <summary>What may happen to a task. Pure: the state and a command in, events or a refusal out.</summary>
public static partial class TaskDecider
{
    /// <summary>Most answers of a gold task, which is not bound by the redundancy.</summary>
    public const int GoldAnswerLimit = 10_000;

    /// <summary>Most characters of a reason, note or message.</summary>
    public const int ReasonLength = 2_000;

    /// <summary>Answers the task wants in all, as things stand.</summary>
    public static int Wanted(TaskState state, JobSpec spec) => state.Stage != TaskStage.Open
        ? 0
        : state.Gold is not null ? GoldAnswerLimit : Math.Clamp(state.Wanted, spec.Policies.Redundancy.MinAnswers, spec.Policies.Redundancy.MaxAnswers);

    /// <summary>Gives the worker a lease, unless the task has its answers or the worker was here before.</summary>
    /// <param name="state">The task.</param>
    /// <param name="task">Its id.</param>
    /// <param name="job">Its job.</param>
    /// <param name="spec">The job's specification.</param>
    /// <param name="gold">The known answer of a gold task.</param>
    /// <param name="worker">Who gets it.</param>
    /// <param name="now">The time.</param>
    /// <param name="predicted">What the job's model said of the task, if the policy may show it.</param>
    public static Outcome<TaskEvent[]> Offer(
        TaskState state, TaskId task, JobId job, JobSpec spec, Answer? gold, WorkerId worker, DateTimeOffset now, SeenPrediction? predicted = null)
    {
        if (!state.IsGivenOut)
            return state.GoldRetired ? Reject.With(RejectionCode.NoWork, "The task is given out no more.") : WrongStage(state, "given out", "open");
        if (state.Assignments.Any(a => a.Worker == worker && a.Status != AssignmentStatus.Expired))
            return Reject.With(RejectionCode.NoWork, "The worker had this task before.");
        var wanted = (gold ?? state.Gold) is not null ? GoldAnswerLimit : Wanted(state, spec);
        if (state.Answers + state.LiveLeases >= wanted || state.Assignments.Length > AssignmentId.MaxOrdinal)
            return Reject.With(RejectionCode.NoWork, "The task has all the answers it wants, or they are under way.");
        var (arm, show) = spec.Loop?.ArmOf(worker, task) ?? default;
        return One(new TaskEvent.Offered
        {
            Job = job,
            Assignment = AssignmentId.Of(task, state.Assignments.Length),
            Worker = worker,
            LeaseUntil = now + spec.Policies.LeaseTime,
            PayMicros = spec.Policies.PayMicros,
            FeeMicros = spec.Policies.FeeMicros,
            Gold = gold,
            Arm = arm,
            Show = show,
            Shown = show == ShowPrediction.First ? predicted : null,
        });
    }

    /// <summary>
    /// Takes the answer. The same answer on the same assignment again changes nothing; the refusals in order: unknown assignment, another
    /// worker's, another answer given before, returned, lease over, task ended, answer does not fit.
    /// </summary>
    public static Outcome<TaskEvent[]> Submit(TaskState state, JobSpec spec, AssignmentId id, WorkerId worker, Answer answer, TaskInput input, DateTimeOffset now)
    {
        if (state.Find(id) is not { } assignment || assignment.Worker != worker)
            return Reject.NotFound("such assignment of yours");
        if (assignment.Answered)
        {
            return assignment.Answer == spec.Schema.Normalise(answer)
                ? Nothing
                : Reject.With(RejectionCode.AlreadySubmitted, "Another answer was submitted on this assignment; the first one stands.");
        }

        if (assignment.Status == AssignmentStatus.Returned)
            return Reject.With(RejectionCode.AssignmentReturned, "This assignment was returned or taken back; ask for work again.");
        if (assignment.Status == AssignmentStatus.Expired || now >= assignment.LeaseUntil)
            return Reject.With(RejectionCode.LeaseExpired, $"The lease ended at {assignment.LeaseUntil:u}; ask for work again.");
        if (state.Stage == TaskStage.Closed)
            return WrongStage(state, "answered", "open");
        if (spec.Schema.Fit(answer, input) is { Count: > 0 } wrong)
        {
            return new Rejection(RejectionCode.AnswerInvalid, "The answer does not fit: " + string.Join(" ", wrong.Select(v => v.Message)))
            {
                Violations = wrong,
            };
        }

        var normal = spec.Schema.Normalise(answer);
        return One(new TaskEvent.Submitted
        {
            Job = state.Job,
            Assignment = id,
            Worker = worker,
            Answer = normal,
            DurationMilliseconds = Math.Max(0, (long)(now - assignment.OfferedAt).TotalMilliseconds), // a clock may be set back
            ReviewDue = spec.Policies.PayFor == PayFor.Reviewed ? now + spec.Policies.ReviewWindow : null,
            Consistent = assignment.Repeats is { } first && state.Find(first)?.Answer is { } before ? Agreement.Agrees(spec.Schema, normal, before) : null,
            GoldRight = state.Gold is { } gold ? Agreement.Agrees(spec.Schema, normal, gold) : null,
            Arm = assignment.Arm,
            Saw = assignment.Seen,
        });
    }

    /// <summary>Whether the answers should be evaluated now: all that are wanted are there and the task is neither gold nor decided.</summary>
    public static bool NeedsEvaluation(TaskState state, JobSpec spec) =>
        state.Stage == TaskStage.Open && state.Gold is null && state.Answers >= Wanted(state, spec);

    /// <summary>
    /// What follows from an answer that was just submitted: a decision, one more answer, an escalation; and what is paid now.
    /// </summary>
    /// <param name="state">The task with the new answer.</param>
    /// <param name="spec">The job's specification.</param>
    /// <param name="evaluation">Needed when <see cref="NeedsEvaluation"/> says so.</param>
    public static TaskEvent[] AfterSubmit(TaskState state, JobSpec spec, Evaluation? evaluation)
    {
        if (state.Gold is { } gold)
        {
            // In groups, so that the time of payment does not tell which task was gold.
            return state.Unsettled >= spec.Policies.Redundancy.MinAnswers || spec.Policies.PayFor == PayFor.All || state.GoldRetired
                ? Settle(state, spec, SettlementsOf(state, spec, gold))
                : [];
        }

        if (state.Stage == TaskStage.Decided)
            return Settle(state, spec, SettlementsOf(state, spec, state.Label!));

        TaskEvent[] step = [];
        if (NeedsEvaluation(state, spec))
        {
            ArgumentNullException.ThrowIfNull(evaluation);
            var redundancy = spec.Policies.Redundancy;
            if (evaluation.Confidence >= redundancy.TargetConfidence)
                return Decide(state, spec, evaluation.Label, evaluation, DecidedBy.Consensus, null);
            if (state.Answers >= redundancy.MaxAnswers)
            {
                if (spec.Policies.WhenUnsettled == WhenUnsettled.Decide)
                    return Decide(state, spec, evaluation.Label, evaluation, DecidedBy.LowConfidence, null);
                step = [new TaskEvent.Escalated { Job = state.Job, Confidence = evaluation.Confidence, Label = evaluation.Label, Votes = evaluation.Votes }];
            }
            else
            {
                step = [new TaskEvent.MoreWanted { Job = state.Job, Wanted = state.Answers + 1, Confidence = evaluation.Confidence }];
            }
        }

        return spec.Policies.PayFor == PayFor.All ? [.. step, .. Settle(state, spec, SettlementsOf(state, spec, null))] : step;
    }

    /// <summary>Takes the lease back at the worker's wish. A second time changes nothing.</summary>
    public static Outcome<TaskEvent[]> Return(TaskState state, AssignmentId id, WorkerId worker, string? reason)
    {
        if (state.Find(id) is not { } assignment || assignment.Worker != worker)
            return Reject.NotFound("such assignment of yours");
        return assignment.Status switch
        {
            AssignmentStatus.Returned or AssignmentStatus.Expired => Nothing,
            AssignmentStatus.Leased => One(new TaskEvent.Returned { Job = state.Job, Assignment = id, Worker = worker, Reason = Cut(reason), ReleasedMicros = assignment.ReservedMicros }),
            _ => Reject.With(RejectionCode.AlreadySubmitted, "The assignment was answered and cannot be returned."),
        };
    }

    /// <summary>Notes what is wrong with the task and gives the lease back, as far as there is still one. A second report changes nothing.</summary>
    public static Outcome<TaskEvent[]> Report(TaskState state, AssignmentId id, WorkerId worker, Problem problem, string? message)
    {
        if (state.Find(id) is not { } assignment || assignment.Worker != worker)
            return Reject.NotFound("such assignment of yours");
        if (assignment.Reported)
            return Nothing;
        if (assignment.Answered)
            return Reject.With(RejectionCode.AlreadySubmitted, "The assignment was answered; its answer stands.");
        if (message is { Length: > ReasonLength } || (problem == Problem.Other && string.IsNullOrWhiteSpace(message)))
            return Reject.Invalid([new("message", "length", $"say what is wrong, in at most {ReasonLength} characters.")]);
        var reported = new TaskEvent.Reported { Job = state.Job, Assignment = id, Worker = worker, Problem = problem, Message = string.IsNullOrWhiteSpace(message) ? null : message };
        return Return(state, id, worker, "reported a problem") is { Accepted: true, Value: { } returned } ? new TaskEvent[] { reported }.Concat(returned).ToArray() : One(reported);
    }

    /// <summary>Ends the leases whose time is over.</summary>
    public static TaskEvent[] Expire(TaskState state, DateTimeOffset now) =>
    [
        .. state.Assignments.Where(a => a.Status == AssignmentStatus.Leased && a.LeaseUntil <= now)
            .Select(a => new TaskEvent.Expired { Job = state.Job, Assignment = a.Id, Worker = a.Worker, ReleasedMicros = a.ReservedMicros }),
    ];

    private static Outcome<TaskEvent[]> Nothing => Array.Empty<TaskEvent>();

    private static Outcome<TaskEvent[]> One(TaskEvent e) => new[] { e };

    private static string? Cut(string? text) => text is { Length: > ReasonLength } ? text[..ReasonLength] : text;

    private static Rejection WrongStage(TaskState state, string verb, string wanted) =>
        Reject.With(RejectionCode.TaskStatus, $"The task is {state.Stage.ToString().ToLowerInvariant()}; it can be {verb} while it is {wanted}.");
}
