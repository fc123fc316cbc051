using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class GoldTests
{
    private readonly TaskLife _task = Decided();

    [Fact]
    public void A_decided_task_made_gold_measures_workers_who_never_had_it()
    {
        Assert.Equal(Cat, Only<TaskEvent.MadeGold, TaskEvent>(_task.MakeGold()).Gold);
        Refused(RejectionCode.NoWork, _task.Offer(1));
        _task.Answer(4, Cat);
        _task.Answer(5, Dog);
        Assert.Equal([null, null, null, true, false], _task.Events.OfType<TaskEvent.Submitted>().Select(s => s.GoldRight));
    }

    [Fact]
    public void It_stays_decided_and_what_was_answered_and_paid_before_stands()
    {
        var before = (_task.Settlements.ToArray(), _task.State.Votes, _task.State.Assignments);
        _task.MakeGold();
        Assert.Equal(TaskStage.Decided, _task.State.Stage);
        Assert.Equal(before, (_task.Settlements.ToArray(), _task.State.Votes, _task.State.Assignments), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Votes == b.Votes && a.Assignments == b.Assignments);
    }

    [Fact]
    public void Its_answers_are_settled_in_groups_like_those_of_any_gold_task()
    {
        _task.MakeGold();
        var paid = _task.Settlements.Count();
        _task.Answer(4, Cat);
        _task.Answer(5, Dog);
        Assert.Equal(paid, _task.Settlements.Count());
        _task.Answer(6, Cat);
        Assert.Equal([true, false, true], _task.Settlements.Skip(paid).Select(s => s.Accepted));
    }

    [Fact]
    public void Only_a_decided_task_with_nothing_under_way_is_made_gold()
    {
        var open = new TaskLife(Spec());
        open.Answer(1, Cat);
        Refused(RejectionCode.TaskStatus, open.MakeGold());
        var late = new TaskLife(Spec());
        late.Answer(1, Cat);
        late.Lease(2);
        late.Adjudicate(Cat);
        Refused(RejectionCode.TaskStatus, late.MakeGold());
        Refused(RejectionCode.Invalid, _task.MakeGold(" "));
    }

    [Fact]
    public void Made_twice_it_is_made_once()
    {
        _task.MakeGold();
        Nothing(_task.MakeGold("again"));
    }

    [Fact]
    public void A_retired_gold_task_is_given_out_no_more_and_what_waits_is_settled()
    {
        _task.MakeGold();
        _task.Answer(4, Cat);
        var late = _task.Lease(5);
        var retired = _task.RetireGold();
        Assert.Equal([typeof(TaskEvent.GoldRetired), typeof(TaskEvent.Settled)], retired.Value!.Select(e => e.GetType()));
        Nothing(_task.RetireGold());
        Refused(RejectionCode.NoWork, _task.Offer(6));
        Assert.True(_task.Submit(late, 5, Dog).Accepted);
        Assert.Equal(AssignmentStatus.Rejected, _task.StatusOf(late));
    }

    [Fact]
    public void Imported_gold_is_retired_but_never_adjudicated()
    {
        var imported = new TaskLife(Spec(), Cat);
        imported.Answer(1, Cat);
        imported.RetireGold();
        Refused(RejectionCode.NoWork, imported.Offer(2));
        Refused(RejectionCode.TaskStatus, imported.Adjudicate(Dog));
        Refused(RejectionCode.TaskStatus, _task.RetireGold());
    }

    [Fact]
    public void Gold_that_was_wrong_is_retired_and_adjudicated_and_whom_it_wronged_is_paid()
    {
        _task.MakeGold();
        var wronged = _task.Answer(4, Dog);
        Refused(RejectionCode.TaskStatus, _task.Adjudicate(Dog));
        _task.RetireGold();
        Assert.Equal(AssignmentStatus.Rejected, _task.StatusOf(wronged));
        _task.Adjudicate(Dog);
        Assert.Equal(AssignmentStatus.Accepted, _task.StatusOf(wronged));
        var decided = _task.Events.OfType<TaskEvent.Decided>().Last();
        Assert.Equal([1, 2, 3], decided.Votes.Select(v => Enumerable.Range(1, 5).Single(w => Worker(w) == v.Worker)));
        Assert.Null(_task.State.Gold);
    }

    [Fact]
    public void A_re_estimation_leaves_the_label_of_gold_alone()
    {
        _task.MakeGold();
        Assert.Empty(_task.Revise(Dog));
    }

    private static TaskLife Decided()
    {
        var task = new TaskLife(Spec());
        for (var worker = 1; worker <= 3; worker++)
            task.Answer(worker, Cat);
        Assert.Equal(TaskStage.Decided, task.State.Stage);
        return task;
    }
}
