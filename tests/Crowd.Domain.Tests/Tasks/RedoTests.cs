using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class RedoTests
{
    [Fact]
    public void An_answer_that_is_redone_counts_no_more_and_somebody_else_is_asked()
    {
        var task = new TaskLife(Spec());
        var theirs = task.Answer(1, Dog);
        task.Answer(2, Cat);
        var events = task.Redo(1).Value!;
        Assert.Equal([typeof(TaskEvent.Invalidated), typeof(TaskEvent.Settled)], events.Select(e => e.GetType()));
        Assert.Equal((AssignmentStatus.Rejected, 1, 3), (task.StatusOf(theirs), task.State.Answers, TaskDecider.Wanted(task.State, task.Spec)));
        Refused(RejectionCode.NoWork, task.Offer(1));
        task.Answer(3, Cat);
        task.Answer(4, Cat);
        Assert.Equal([2, 3, 4], task.Events.OfType<TaskEvent.Decided>().Single().Votes.Select(v => Enumerable.Range(1, 4).Single(w => Worker(w) == v.Worker)));
    }

    [Fact]
    public void An_escalated_task_opens_again_for_one_more_answer()
    {
        var task = new TaskLife(Spec(Policies(2, 2, whenUnsettled: WhenUnsettled.Escalate)));
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        Assert.Equal(TaskStage.Escalated, task.State.Stage);
        task.Redo(2);
        Assert.Equal(TaskStage.Open, task.State.Stage);
        task.Answer(3, Cat);
        Assert.Equal((TaskStage.Decided, Cat), (task.State.Stage, task.State.Label));
    }

    [Fact]
    public void A_lease_is_taken_back()
    {
        var task = new TaskLife(Spec());
        var lease = task.Lease(1);
        Assert.Equal("Taken back: clicks at random", Only<TaskEvent.Returned, TaskEvent>(task.Redo(1)).Reason);
        Refused(RejectionCode.AssignmentReturned, task.Submit(lease, 1, Cat));
    }

    [Fact]
    public void What_was_decided_or_paid_stands()
    {
        var decided = new TaskLife(Spec());
        for (var worker = 1; worker <= 3; worker++)
            decided.Answer(worker, Cat);
        Nothing(decided.Redo(1));
        var paid = new TaskLife(Spec(Policies(payFor: PayFor.All)));
        paid.Answer(1, Cat);
        Nothing(paid.Redo(1));
        Nothing(paid.Redo(2));
        Refused(RejectionCode.Invalid, paid.Redo(1, ""));
    }

    [Fact]
    public void Its_worker_may_appeal_and_is_paid_if_that_is_upheld_but_the_answer_still_does_not_count()
    {
        var task = new TaskLife(Spec());
        var theirs = task.Answer(1, Dog);
        task.Redo(1);
        Only<TaskEvent.Appealed, TaskEvent>(task.Appeal(theirs, 1));
        task.ResolveAppeal(theirs, uphold: true);
        Assert.Equal((AssignmentStatus.Accepted, 0), (task.StatusOf(theirs), task.State.Answers));
    }

    [Fact]
    public void A_later_label_does_not_pay_it_by_itself()
    {
        var task = new TaskLife(Spec());
        var theirs = task.Answer(1, Dog);
        task.Redo(1);
        task.Adjudicate(Dog);
        Assert.Equal(AssignmentStatus.Rejected, task.StatusOf(theirs));
    }
}
