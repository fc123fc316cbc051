using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class ReviewTests
{
    private readonly TaskLife _task = new(Spec(Policies(payFor: PayFor.Reviewed)));

    [Fact]
    public void An_approved_answer_is_paid_once()
    {
        var id = _task.Answer(1, Cat);
        _task.Review(id, approve: true, note: null);
        Nothing(_task.Review(id, approve: true));
        Refused(RejectionCode.AlreadySettled, _task.Review(id, approve: false));
        Assert.Equal((true, 50_000, SettlementReason.Approved), (Assert.Single(_task.Settlements).Accepted, _task.Settlements.Single().PayMicros, _task.Settlements.Single().Reason));
    }

    [Fact]
    public void A_rejection_says_why_to_the_worker()
    {
        var id = _task.Answer(1, Cat);
        Refused(RejectionCode.Invalid, _task.Review(id, approve: false, note: " "));
        Refused(RejectionCode.Invalid, _task.Review(id, approve: false, note: null));
        Assert.True(_task.Review(id, approve: false, note: "blurred").Accepted);
        Nothing(_task.Review(id, approve: false, note: "again"));
        Refused(RejectionCode.AlreadySettled, _task.Review(id, approve: true));
        Assert.Equal((false, 0, 0, "blurred"), (Assert.Single(_task.Settlements).Accepted, _task.Settlements.Single().PayMicros, _task.Settlements.Single().FeeMicros, _task.Settlements.Single().Note));
    }

    [Fact]
    public void Only_answers_are_reviewed()
    {
        Refused(RejectionCode.NotFound, _task.Review(AssignmentId.Of(TheTask, 0), approve: true));
        Refused(RejectionCode.NotFound, _task.Review(_task.Lease(1), approve: true));
    }

    [Theory]
    [InlineData(PayFor.Agreeing)]
    public void Where_consensus_settles_answers_are_not_reviewed(PayFor payFor)
    {
        var task = new TaskLife(Spec(Policies(payFor: payFor)));
        Refused(RejectionCode.TaskStatus, task.Review(task.Answer(1, Cat), approve: false, note: null));
    }

    [Fact]
    public void A_decision_leaves_the_review_open()
    {
        for (var worker = 1; worker <= 3; worker++)
            _task.Answer(worker, Cat);
        Assert.Equal(TaskStage.Decided, _task.State.Stage);
        Assert.Empty(_task.Settlements);
        Assert.Equal(3, _task.State.Unsettled);
        Assert.True(_task.Review(_task.State.Assignments[0].Id, approve: false).Accepted);
    }

    [Fact]
    public void What_nobody_reviewed_in_time_is_accepted()
    {
        var rejected = _task.Answer(1, Cat);
        _task.Review(rejected, approve: false);
        _task.Now += TimeSpan.FromDays(1);
        var unreviewed = _task.Answer(2, Cat);
        _task.Now += TimeSpan.FromDays(3) - TimeSpan.FromTicks(1);
        Assert.Empty(_task.AcceptUnreviewed());
        _task.Now += TimeSpan.FromTicks(1);
        var settled = Assert.IsType<TaskEvent.Settled>(Assert.Single(_task.AcceptUnreviewed()));
        Assert.Equal((unreviewed, SettlementReason.ReviewWindowOver), (Assert.Single(settled.Settlements).Assignment, settled.Settlements[0].Reason));
        Assert.Empty(_task.AcceptUnreviewed());
    }

    [Fact]
    public void An_answer_given_to_be_reviewed_is_reviewed_when_the_job_no_longer_reviews()
    {
        var id = _task.Answer(1, Cat);
        _task.Spec = Spec();
        _task.Adjudicate(Dog);
        Assert.Equal(AssignmentStatus.Submitted, _task.StatusOf(id));
        Assert.True(_task.Review(id, approve: true).Accepted);
    }

    [Fact]
    public void An_answer_given_before_the_job_reviewed_is_settled_by_its_label()
    {
        var task = new TaskLife(Spec());
        var early = task.Answer(1, Cat);
        task.Spec = Spec(Policies(payFor: PayFor.Reviewed));
        var late = task.Answer(2, Cat);
        task.Answer(3, Cat);
        Assert.Equal((AssignmentStatus.Accepted, AssignmentStatus.Submitted), (task.StatusOf(early), task.StatusOf(late)));
        Assert.Equal(SettlementReason.Agrees, Assert.Single(task.Settlements).Reason);
    }
}
