using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class AdjudicateTests
{
    [Fact]
    public void An_escalated_task_gets_its_label_and_its_answers_are_settled_by_it()
    {
        var task = Escalated();
        Assert.True(task.Adjudicate(Dog).Accepted);
        var decided = task.Events.OfType<TaskEvent.Decided>().Single();
        Assert.Equal((Dog, 1, DecidedBy.Adjudication, "an expert says so"), (decided.Label, decided.Confidence, decided.By, decided.Reason));
        Assert.Equal([false, true], decided.Votes.Select(v => v.Agrees));
        Assert.Equal([false, true], task.Settlements.Select(s => s.Accepted));
    }

    [Fact]
    public void A_label_that_nobody_gave_can_be_right()
    {
        var task = Escalated();
        task.Adjudicate(Owl);
        Assert.Equal(Owl, task.State.Label);
        Assert.All(task.Settlements, s => Assert.False(s.Accepted));
    }

    [Fact]
    public void Payments_already_earned_stand_when_a_decision_is_replaced()
    {
        var task = Decided();
        var before = task.Settlements.ToArray();
        task.Adjudicate(Dog);
        Assert.Equal(Dog, task.State.Label);
        Assert.Equal(before, task.Settlements);
        Assert.All(task.State.Assignments, a => Assert.Equal(AssignmentStatus.Accepted, a.Status));
        var decided = task.Events.OfType<TaskEvent.Decided>().ToArray();
        Assert.Null(decided[0].Replaces);
        Assert.Equal(decided[0].Votes, decided[1].Replaces);
    }

    [Fact]
    public void An_answer_that_was_rejected_and_is_proved_right_is_paid_once_without_an_appeal()
    {
        var task = TwoAgainstOne(out var outvoted);
        Assert.Equal(AssignmentStatus.Rejected, task.StatusOf(outvoted));
        task.Adjudicate(Dog);
        var paid = task.Settlements.Last();
        Assert.Equal((outvoted, true, 50_000, 10_000, 0, SettlementReason.ProvedRight, false),
            (paid.Assignment, paid.Accepted, paid.PayMicros, paid.FeeMicros, paid.ReservedMicros, paid.Reason, paid.PaidByPlatform));
        Nothing(task.Adjudicate(Dog));
        task.Adjudicate(Cat);
        task.Adjudicate(Dog);
        Assert.Single(task.Settlements, s => s.Assignment == outvoted && s.Accepted);
        Refused(RejectionCode.TaskStatus, task.Appeal(outvoted, 3));
    }

    [Fact]
    public void An_open_appeal_is_upheld_by_the_label_that_proves_it_right()
    {
        var task = TwoAgainstOne(out var outvoted);
        task.Appeal(outvoted, 3);
        task.Adjudicate(Dog, "the tail", outvoted);
        var resolved = task.Events.OfType<TaskEvent.AppealResolved>().Single();
        Assert.Equal((outvoted, true, "the tail"), (resolved.Assignment, resolved.Upheld, resolved.Reason));
        Assert.True(task.Settlements.Last().PaidByPlatform);
        Nothing(task.ResolveAppeal(outvoted, uphold: true));
        Assert.Single(task.Settlements, s => s.Assignment == outvoted && s.Accepted);
    }

    [Fact]
    public void What_the_requester_rejected_by_review_is_left_to_an_appeal()
    {
        var task = new TaskLife(Spec(Policies(1, 1, PayFor.Reviewed)));
        var answer = task.Answer(1, Dog);
        task.Review(answer, approve: false);
        task.Adjudicate(Dog);
        Assert.Equal(AssignmentStatus.Rejected, task.StatusOf(answer));
    }

    [Fact]
    public void The_same_label_again_changes_nothing()
    {
        var task = Decided();
        task.Adjudicate(Dog);
        Nothing(task.Adjudicate(Dog));
        Assert.True(task.Adjudicate(Owl).Accepted);
    }

    [Fact]
    public void A_consensus_is_confirmed_by_the_same_label()
    {
        var task = Decided();
        Assert.NotEmpty(task.Adjudicate(Cat).Value!);
        Assert.Equal(DecidedBy.Adjudication, task.State.DecidedBy);
    }

    [Fact]
    public void A_task_without_answers_can_be_adjudicated()
    {
        var task = new TaskLife(Spec());
        Assert.Empty(Only<TaskEvent.Decided, TaskEvent>(task.Adjudicate(Cat)).Votes);
        Assert.Equal(Job, task.State.Job);
    }

    [Fact]
    public void Gold_and_closed_tasks_are_not_adjudicated()
    {
        var gold = new TaskLife(Spec(), Cat);
        gold.Answer(1, Cat);
        Refused(RejectionCode.TaskStatus, gold.Adjudicate(Cat));
        var closed = new TaskLife(Spec());
        closed.Close();
        Refused(RejectionCode.TaskStatus, closed.Adjudicate(Cat, reason: ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_reason_is_wanted_before_the_label_is_looked_at(string reason) => Refused(RejectionCode.Invalid, Escalated().Adjudicate(new Answer.Choice("cow"), reason));

    [Fact]
    public void A_label_that_does_not_fit_is_refused() =>
        Assert.Equal("choice", Assert.Single(Refused(RejectionCode.AnswerInvalid, Escalated().Adjudicate(new Answer.Choice("cow"))).Violations).Path);

    [Fact]
    public void A_re_estimation_is_kept_beside_the_label_when_it_differs()
    {
        var task = Decided();
        Assert.Empty(task.Revise(Cat));
        Assert.IsType<TaskEvent.Revised>(Assert.Single(task.Revise(Dog)));
        Assert.Empty(task.Revise(Dog));
        Assert.Equal((Cat, Dog), (task.State.Label, task.State.FinalLabel));
        Assert.NotEmpty(task.Revise(Cat));
        Assert.Equal(3, task.Settlements.Count(s => s.Accepted));
    }

    [Fact]
    public void A_re_estimation_never_revises_an_adjudicated_label()
    {
        var task = Decided();
        task.Revise(Owl);
        task.Adjudicate(Dog);
        Assert.Null(task.State.FinalLabel);
        Assert.Empty(task.Revise(Cat));
        Assert.Empty(new TaskLife(Spec()).Revise(Cat));
    }

    private static TaskLife TwoAgainstOne(out AssignmentId outvoted)
    {
        var task = new TaskLife(Spec(Policies(3, 3)));
        task.Answer(1, Cat);
        task.Answer(2, Cat);
        outvoted = task.Answer(3, Dog);
        Assert.Equal((TaskStage.Decided, Cat), (task.State.Stage, task.State.Label));
        return task;
    }

    private static TaskLife Escalated()
    {
        var task = new TaskLife(Spec(Policies(2, 2, whenUnsettled: WhenUnsettled.Escalate)));
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        Assert.Equal(TaskStage.Escalated, task.State.Stage);
        return task;
    }

    private static TaskLife Decided()
    {
        var task = new TaskLife(Spec());
        for (var worker = 1; worker <= 3; worker++)
            task.Answer(worker, Cat);
        return task;
    }
}
