using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class CloseTests
{
    [Fact]
    public void The_answers_there_are_decide_when_the_job_closes()
    {
        var task = new TaskLife(Spec());
        task.Answer(1, Cat);
        task.Close();
        Assert.Equal(DecidedBy.JobClosed, task.State.DecidedBy);
        Assert.Equal(SettlementReason.Agrees, Assert.Single(task.Settlements).Reason);
        Assert.Empty(task.Close());
    }

    [Fact]
    public void An_escalated_task_is_decided_when_the_job_closes()
    {
        var task = new TaskLife(Spec(Policies(2, 2, whenUnsettled: WhenUnsettled.Escalate)));
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        task.Close();
        Assert.Equal(DecidedBy.JobClosed, task.State.DecidedBy);
        Assert.Equal(0, task.State.Unsettled);
    }

    [Fact]
    public void A_task_without_answers_closes_without_a_label()
    {
        var task = new TaskLife(Spec());
        Assert.Equal(Job, Assert.IsType<TaskEvent.Closed>(Assert.Single(task.Close())).Job);
        Assert.Empty(task.Close());
        Refused(RejectionCode.TaskStatus, task.Offer(1));
    }

    [Theory]
    [InlineData(PayFor.Agreeing)]
    [InlineData(PayFor.Reviewed)]
    public void What_was_submitted_is_paid_when_the_job_is_given_up(PayFor payFor)
    {
        var task = new TaskLife(Spec(Policies(payFor: payFor)));
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        task.Close(cancelled: true);
        Assert.Equal(TaskStage.Closed, task.State.Stage);
        Assert.Null(task.State.Label);
        Assert.All(task.Settlements, s => Assert.Equal((true, SettlementReason.JobEnded), (s.Accepted, s.Reason)));
        Assert.Equal(2, task.Settlements.Count());
        Assert.Empty(task.Close(cancelled: true));
    }

    [Fact]
    public void Gold_answers_that_wait_are_settled_by_the_known_answer()
    {
        var task = new TaskLife(Spec(), Cat);
        task.Answer(1, Cat);
        task.Answer(2, Dog);
        task.Close();
        Assert.Equal([true, false], task.Settlements.Select(s => s.Accepted));
        Assert.Empty(task.Close());
    }

    [Fact]
    public void Answers_under_review_are_left_to_the_review()
    {
        var task = new TaskLife(Spec(Policies(payFor: PayFor.Reviewed)));
        var id = task.Answer(1, Cat);
        task.Close();
        Assert.Equal(TaskStage.Decided, task.State.Stage);
        Assert.Equal(AssignmentStatus.Submitted, task.StatusOf(id));
        task.Now += TimeSpan.FromDays(3);
        task.AcceptUnreviewed();
        Assert.Equal(AssignmentStatus.Accepted, task.StatusOf(id));
    }
}
