using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class DecisionTests
{
    [Fact]
    public void Enough_agreeing_answers_decide_and_are_paid()
    {
        var task = new TaskLife(Spec());
        task.Answer(1, Cat);
        task.Answer(2, Cat);
        Assert.Equal(TaskStage.Open, task.State.Stage);
        Assert.Empty(task.Settlements);
        task.Answer(3, Cat);

        var decided = Assert.Single(task.Events.OfType<TaskEvent.Decided>());
        Assert.Equal((Cat, DecidedBy.Consensus), (decided.Label, decided.By));
        Assert.InRange(decided.Confidence, 0.9, 1);
        Assert.Equal([Worker(1), Worker(2), Worker(3)], decided.Votes.Select(v => v.Worker));
        Assert.All(decided.Votes, v => Assert.True(v.Agrees));
        Assert.Equal(3, task.Settlements.Count());
        Assert.All(task.Settlements, s => Assert.Equal((true, 50_000, 10_000, SettlementReason.Agrees), (s.Accepted, s.PayMicros, s.FeeMicros, s.Reason)));
    }

    [Fact]
    public void Too_little_confidence_asks_one_more_worker_until_the_most()
    {
        var task = new TaskLife(Spec());
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        Refused(RejectionCode.NoWork, new Func<Outcome<TaskEvent[]>>(() =>
        {
            task.Answer(3, Owl);
            task.Lease(4);
            return task.Offer(5);
        })());
        Assert.Equal(4, Assert.Single(task.Events.OfType<TaskEvent.MoreWanted>()).Wanted);
        task.Submit(task.State.Assignments[3].Id, 4, Cat);
        Assert.Equal([4, 5], task.Events.OfType<TaskEvent.MoreWanted>().Select(m => m.Wanted));
        task.Answer(5, Dog);
        Assert.Equal(DecidedBy.LowConfidence, Assert.Single(task.Events.OfType<TaskEvent.Decided>()).By);
        Refused(RejectionCode.TaskStatus, task.Offer(6));
    }

    [Fact]
    public void A_task_that_cannot_be_settled_escalates_if_the_job_says_so()
    {
        var task = Split(PayFor.Agreeing);
        var escalated = Assert.Single(task.Events.OfType<TaskEvent.Escalated>());
        Assert.True(escalated.Confidence < 0.9);
        Assert.Equal(TaskStage.Escalated, task.State.Stage);
        Assert.Empty(task.Settlements);
        Assert.Equal(2, task.State.Unsettled);
    }

    [Fact]
    public void Every_answer_is_paid_at_once_where_all_are_paid()
    {
        var task = Split(PayFor.All);
        Assert.Equal([1, 1], task.Events.OfType<TaskEvent.Settled>().Select(s => s.Settlements.Count));
        Assert.All(task.Settlements, s => Assert.Equal((true, SettlementReason.EveryAnswer), (s.Accepted, s.Reason)));
        Assert.Equal(0, task.State.Unsettled);
    }

    [Fact]
    public void Answers_against_the_label_are_rejected_with_the_reason()
    {
        var task = new TaskLife(Spec(Policies(4, 4)));
        task.Answer(1, Cat);
        var wrong = task.Answer(2, Dog);
        task.Answer(3, Cat);
        task.Answer(4, Cat);
        var rejected = Assert.Single(task.Settlements, s => !s.Accepted);
        Assert.Equal((wrong, 0, 0, 60_000, SettlementReason.Disagrees), (rejected.Assignment, rejected.PayMicros, rejected.FeeMicros, rejected.ReservedMicros, rejected.Reason));
        Assert.False(Assert.Single(task.Events.OfType<TaskEvent.Decided>()).Votes.Single(v => v.Assignment == wrong).Agrees);
    }

    [Fact]
    public void A_late_lease_is_settled_by_the_label_that_was_decided()
    {
        var task = new TaskLife(Spec());
        var (right, wrong) = (task.Lease(1), task.Lease(2));
        task.Adjudicate(Owl);
        task.Submit(right, 1, Owl);
        task.Submit(wrong, 2, Cat);
        Assert.Equal([true, false], task.Settlements.Select(s => s.Accepted));
        Assert.Single(task.Events.OfType<TaskEvent.Decided>());
    }

    [Fact]
    public void An_evaluation_is_needed_when_the_wanted_answers_are_there()
    {
        var task = new TaskLife(Spec());
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        Assert.False(TaskDecider.NeedsEvaluation(task.State, task.Spec));
        task.Answer(3, Owl);
        Assert.False(TaskDecider.NeedsEvaluation(task.State, task.Spec)); // it was made, and one more is wanted
        Assert.True(TaskDecider.NeedsEvaluation(task.State with { Wanted = 3 }, task.Spec));
        Assert.False(TaskDecider.NeedsEvaluation(task.State with { Wanted = 3, Gold = Cat }, task.Spec));
        Assert.False(TaskDecider.NeedsEvaluation(task.State with { Wanted = 3, Stage = TaskStage.Decided }, task.Spec));
    }

    [Fact]
    public void Deciding_without_an_evaluation_is_a_broken_invariant()
    {
        var task = new TaskLife(Spec(Policies(2, 2)));
        task.Answer(1, Cat);
        var two = task.State.Apply(new TaskEvent.Offered { Job = Job, Assignment = AssignmentId.Of(TheTask, 1), Worker = Worker(2), LeaseUntil = Now, PayMicros = 1, FeeMicros = 0 }, Now)
            .Apply(new TaskEvent.Submitted { Job = Job, Assignment = AssignmentId.Of(TheTask, 1), Worker = Worker(2), Answer = Cat, DurationMilliseconds = 0 }, Now);
        Assert.Throws<ArgumentNullException>(() => TaskDecider.AfterSubmit(two, task.Spec, null));
    }

    /// <summary>Pay that came one by one would tell a gold task from another, whose answers are settled together.</summary>
    [Fact]
    public void Gold_is_settled_by_so_many_at_once_as_other_tasks()
    {
        var task = new TaskLife(Spec(), Cat);
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        Assert.Empty(task.Settlements);
        task.Answer(3, Cat);
        Assert.Equal([true, false, true], Assert.Single(task.Events.OfType<TaskEvent.Settled>()).Settlements.Select(s => s.Accepted));
        task.Answer(4, Cat);
        Assert.Equal(1, task.State.Unsettled);
    }

    [Fact]
    public void Gold_is_settled_for_reasons_that_other_tasks_have_too()
    {
        var gold = new TaskLife(Spec(), Cat);
        var plain = new TaskLife(Spec(Policies(4, 4)));
        foreach (var task in new[] { gold, plain })
        {
            task.Answer(1, Cat);
            task.Answer(2, Dog);
            task.Answer(3, Cat);
            task.Answer(4, Cat);
        }

        Assert.Equal(plain.Settlements.Select(s => s.Reason).Distinct().Order(), gold.Settlements.Select(s => s.Reason).Distinct().Order());
    }

    private static TaskLife Split(PayFor payFor)
    {
        var task = new TaskLife(Spec(Policies(2, 2, payFor, WhenUnsettled.Escalate)));
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        return task;
    }
}
