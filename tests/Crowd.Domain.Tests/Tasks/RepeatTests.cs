using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public sealed class RepeatTests
{
    private readonly TaskLife _task = new(Spec(Policies(min: 2, max: 3)));

    [Fact]
    public void Who_answered_gets_it_again_once_and_fills_no_place_with_it()
    {
        var first = _task.Answer(1, Cat);
        var offered = Only<TaskEvent.Offered, TaskEvent>(_task.OfferAgain(1));
        Assert.Equal((first, AssignmentId.Of(TheTask, 1)), (offered.Repeats, offered.Assignment));
        Assert.Equal((1, 0), (_task.State.Answers, _task.State.LiveLeases));
        Assert.True(_task.Submit(offered.Assignment, 1, Cat).Accepted);
        Assert.Equal([null, true], _task.Events.OfType<TaskEvent.Submitted>().Select(s => s.Consistent));
        Assert.Equal((1, TaskStage.Open), (_task.State.Answers, _task.State.Stage));
        Refused(RejectionCode.NoWork, _task.OfferAgain(1));
    }

    [Fact]
    public void Its_answer_is_no_vote_and_is_settled_by_the_label()
    {
        _task.Answer(1, Cat);
        var again = Only<TaskEvent.Offered, TaskEvent>(_task.OfferAgain(1)).Assignment;
        _task.Submit(again, 1, Dog);
        _task.Answer(2, Cat);
        var decided = _task.Events.OfType<TaskEvent.Decided>().Single();
        Assert.Equal([0, 2], decided.Votes.Select(v => v.Assignment.Ordinal));
        Assert.Equal((AssignmentStatus.Rejected, false), (_task.StatusOf(again), _task.Events.OfType<TaskEvent.Submitted>().ElementAt(1).Consistent));
        Assert.Equal([true, false, true], _task.Settlements.Select(s => s.Accepted));
    }

    [Fact]
    public void A_decided_task_is_shown_again_and_pays_at_once()
    {
        _task.Answer(1, Cat);
        _task.Answer(2, Cat);
        var again = Only<TaskEvent.Offered, TaskEvent>(_task.OfferAgain(2)).Assignment;
        Refused(RejectionCode.TaskStatus, _task.MakeGold());
        _task.Submit(again, 2, Cat);
        Assert.Equal(AssignmentStatus.Accepted, _task.StatusOf(again));
        Assert.Single(_task.Events.OfType<TaskEvent.Decided>());
        Assert.True(_task.MakeGold().Accepted);
        Refused(RejectionCode.NoWork, _task.OfferAgain(1));
    }

    [Fact]
    public void Who_did_not_answer_or_whose_answer_no_longer_counts_does_not_get_it_again()
    {
        Refused(RejectionCode.NoWork, _task.OfferAgain(1));
        _task.Lease(1);
        Refused(RejectionCode.NoWork, _task.OfferAgain(1));
        _task.Answer(2, Cat);
        var again = Only<TaskEvent.Offered, TaskEvent>(_task.OfferAgain(2)).Assignment;
        _task.Redo(2);
        Assert.Equal((AssignmentStatus.Rejected, AssignmentStatus.Leased), (_task.State.Assignments[1].Status, _task.StatusOf(again)));
        _task.Redo(2);
        Assert.Equal(AssignmentStatus.Returned, _task.StatusOf(again));
        Refused(RejectionCode.NoWork, _task.OfferAgain(2));
    }

    [Fact]
    public void Shares_and_distances_have_limits()
    {
        Assert.Empty(Spec(Policies() with { Repeats = new() { Share = 0.2, Distance = 1 } }).Check());
        foreach (var wrong in new RepeatPolicy[] { new() { Share = 0.21 }, new() { Share = -0.1 }, new() { Share = 0.1, Distance = 0 }, new() { Distance = 1_001 } })
            Assert.StartsWith("policies.repeats", Assert.Single(Spec(Policies() with { Repeats = wrong }).Check()).Path, StringComparison.Ordinal);
    }
}
