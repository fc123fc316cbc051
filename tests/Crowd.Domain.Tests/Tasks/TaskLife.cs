using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

/// <summary>One task and the commands to it, with all workers trusted alike. Keeps every event.</summary>
internal sealed class TaskLife(JobSpec spec, Answer? gold = null)
{
    public TaskState State { get; private set; } = new();

    public JobSpec Spec { get; set; } = spec;

    public DateTimeOffset Now { get; set; } = Some.Now;

    public List<TaskEvent> Events { get; } = [];

    public IEnumerable<Settlement> Settlements => Events.OfType<TaskEvent.Settled>().SelectMany(s => s.Settlements);

    public Outcome<TaskEvent[]> Offer(int worker) => Keep(TaskDecider.Offer(State, TheTask, Job, Spec, gold, Worker(worker), Now));

    public Outcome<TaskEvent[]> OfferAgain(int worker) => Keep(TaskDecider.OfferAgain(State, TheTask, Spec, Worker(worker), Now));

    public Outcome<TaskEvent[]> Submit(AssignmentId id, int worker, Answer answer)
    {
        var submitted = TaskDecider.Submit(State, Spec, id, Worker(worker), answer, TaskInput.Unknown, Now);
        if (!submitted.Accepted || submitted.Value.Length == 0)
            return submitted;
        Keep(submitted);
        return Keep((TaskEvent[])[.. submitted.Value, .. TaskDecider.AfterSubmit(State, Spec, TaskDecider.NeedsEvaluation(State, Spec) ? Evaluate() : null)], submitted.Value.Length);
    }

    /// <summary>Offers the task to the worker, who answers at once.</summary>
    public AssignmentId Answer(int worker, Answer answer)
    {
        var id = Lease(worker);
        Assert.True(Submit(id, worker, answer).Accepted);
        return id;
    }

    public AssignmentId Lease(int worker) => Only<TaskEvent.Offered, TaskEvent>(Offer(worker)).Assignment;

    public Outcome<TaskEvent[]> Return(AssignmentId id, int worker) => Keep(TaskDecider.Return(State, id, Worker(worker), null));

    public TaskEvent[] Expire() => Keep(TaskDecider.Expire(State, Now)).Value!;

    public TaskEvent[] AcceptUnreviewed() => Keep(TaskDecider.AcceptUnreviewed(State, Spec, Now)).Value!;

    public Outcome<TaskEvent[]> Review(AssignmentId id, bool approve, string? note = "because") => Keep(TaskDecider.Review(State, Spec, id, approve, note));

    public Outcome<TaskEvent[]> Appeal(AssignmentId id, int worker, string message = "I was right") => Keep(TaskDecider.Appeal(State, Spec, id, Worker(worker), message, Now));

    public Outcome<TaskEvent[]> ResolveAppeal(AssignmentId id, bool uphold, bool escrowPays = true, string reason = "looked again") =>
        Keep(TaskDecider.ResolveAppeal(State, Spec, id, uphold, reason, escrowPays));

    public Outcome<TaskEvent[]> Adjudicate(Answer label, string reason = "an expert says so", params AssignmentId[] byPlatform) =>
        Keep(TaskDecider.Adjudicate(State, Job, Spec, label, reason, TaskInput.Unknown, State.Voting.Any() ? Evaluate() : null, byPlatform));

    public Outcome<TaskEvent[]> MakeGold(string reason = "clear and common") => Keep(TaskDecider.MakeGold(State, reason));

    public Outcome<TaskEvent[]> RetireGold(string reason = "everybody knows it") => Keep(TaskDecider.RetireGold(State, Job, Spec, reason));

    public Outcome<TaskEvent[]> Redo(int worker, string reason = "clicks at random") => Keep(TaskDecider.Redo(State, Spec, Worker(worker), reason));

    public TaskEvent[] Close(bool cancelled = false) =>
        Keep(TaskDecider.Close(State, Job, Spec, cancelled, !cancelled && State.Answers > 0 && State.Gold is null ? Evaluate() : null)).Value!;

    public TaskEvent[] Revise(Answer label) => Keep(TaskDecider.Revise(State, label, 0.7, "dawid-skene")).Value!;

    public AssignmentStatus StatusOf(AssignmentId id) => State.Find(id)!.Status;

    private Evaluation Evaluate() => ConsensusRule.Evaluate(
        Spec.Schema, [.. State.Voting.Select(a => new Ballot(a.Id, a.Worker, a.Answer!, Trust()))]);

    private Outcome<TaskEvent[]> Keep(Outcome<TaskEvent[]> outcome, int applied = 0)
    {
        foreach (var e in (outcome.Value ?? []).Skip(applied))
        {
            State = State.Apply(e, Now);
            Events.Add(e);
        }

        return outcome;
    }
}
