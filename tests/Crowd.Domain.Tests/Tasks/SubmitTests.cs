using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class SubmitTests
{
    private readonly TaskLife _task = new(Spec());

    [Fact]
    public void Submit_of_an_unknown_assignment_is_rejected()
    {
        Refused(RejectionCode.NotFound, _task.Submit(AssignmentId.Of(TheTask, 0), 1, Cat));
        _task.Lease(1);
        Refused(RejectionCode.NotFound, _task.Submit(AssignmentId.Of(TheTask, 1), 1, Cat));
        Refused(RejectionCode.NotFound, _task.Submit(AssignmentId.Of(Id<TaskId>(2), 0), 1, Cat));
        Refused(RejectionCode.NotFound, _task.Submit(default, 1, Cat));
    }

    [Fact]
    public void Submit_on_another_workers_assignment_is_rejected_as_if_there_were_none() =>
        Assert.Equal(
            Refused(RejectionCode.NotFound, _task.Submit(AssignmentId.Of(TheTask, 7), 2, Cat)),
            Refused(RejectionCode.NotFound, _task.Submit(_task.Lease(1), 2, Cat)),
            (a, b) => a.Code == b.Code && a.Message == b.Message);

    [Fact]
    public void The_same_answer_again_changes_nothing_whenever_it_comes()
    {
        var id = _task.Answer(1, Cat);
        Nothing(_task.Submit(id, 1, Cat));
        _task.Now += TimeSpan.FromDays(1);
        Nothing(_task.Submit(id, 1, Cat));
        _task.Answer(2, Cat);
        _task.Answer(3, Cat);
        Assert.Equal(AssignmentStatus.Accepted, _task.StatusOf(id));
        Nothing(_task.Submit(id, 1, Cat));
        Assert.Equal(3, _task.Events.OfType<TaskEvent.Submitted>().Count());
    }

    [Fact]
    public void The_same_set_in_another_order_is_the_same_answer()
    {
        var task = new TaskLife(Spec(schema: new LabelSchema.MultiChoice { Labels = ["a", "b", "c"] }));
        var id = task.Answer(1, new Answer.Choices(["c", "a"]));
        Assert.Equal(new Answer.Choices(["a", "c"]), task.State.Find(id)!.Answer);
        Nothing(task.Submit(id, 1, new Answer.Choices(["a", "c"])));
    }

    [Fact]
    public void Another_answer_is_rejected_and_the_first_stands()
    {
        var id = _task.Answer(1, Cat);
        Refused(RejectionCode.AlreadySubmitted, _task.Submit(id, 1, Dog));
        Refused(RejectionCode.AlreadySubmitted, _task.Submit(id, 1, new Answer.Choice("not a label")));
        Refused(RejectionCode.AlreadySubmitted, _task.Submit(id, 1, new Answer.Boxed(null!)));
        Assert.Equal(Cat, _task.State.Find(id)!.Answer);
    }

    [Fact]
    public void Submit_until_the_lease_ends_is_accepted()
    {
        var id = _task.Lease(1);
        _task.Now += TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1);
        Assert.True(_task.Submit(id, 1, Cat).Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Submit_after_lease_expiry_is_rejected(bool noticed)
    {
        var id = _task.Lease(1);
        _task.Now += TimeSpan.FromMinutes(10);
        if (noticed)
            _task.Expire();
        Refused(RejectionCode.LeaseExpired, _task.Submit(id, 1, Cat));
        Assert.Equal(0, _task.State.Answers);
    }

    [Fact]
    public void Submit_after_a_return_is_rejected_as_returned_even_after_the_lease()
    {
        var id = _task.Lease(1);
        _task.Return(id, 1);
        Refused(RejectionCode.AssignmentReturned, _task.Submit(id, 1, Cat));
        _task.Now += TimeSpan.FromDays(1);
        Refused(RejectionCode.AssignmentReturned, _task.Submit(id, 1, Cat));
    }

    [Fact]
    public void Submit_to_a_closed_task_is_rejected()
    {
        var id = _task.Lease(1);
        _task.Close(cancelled: true);
        Refused(RejectionCode.TaskStatus, _task.Submit(id, 1, Cat));
    }

    [Fact]
    public void Submit_of_an_answer_that_does_not_fit_is_rejected_with_the_rules()
    {
        var refusal = Refused(RejectionCode.AnswerInvalid, _task.Submit(_task.Lease(1), 1, new Answer.Choice("cow")));
        Assert.Equal(("choice", "label"), (Assert.Single(refusal.Violations).Path, refusal.Violations[0].Rule));
        Assert.Equal(0, _task.State.Answers);
    }

    /// <summary>An answer that does not fit, on a closed task, after the lease, of a returned assignment, of another worker; taken away one by one.</summary>
    [Fact]
    public void Refusals_come_in_the_documented_order()
    {
        var wrong = new Answer.Choice("cow");
        var id = _task.Lease(1);
        var late = Now.AddDays(1);
        var leased = _task.State;
        var returned = leased.Apply(new TaskEvent.Returned { Job = Job, Assignment = id, Worker = Worker(1), ReleasedMicros = 60_000 }, Now);
        TaskState Closed(TaskState state) => state.Apply(new TaskEvent.Closed { Job = Job }, Now);
        RejectionCode Code(TaskState state, int worker, DateTimeOffset now) => TaskDecider.Submit(state, Spec(), id, Worker(worker), wrong, TaskInput.Unknown, now).Rejection!.Code;

        RejectionCode[] seen =
        [
            Code(Closed(returned), 2, late),
            Code(Closed(returned), 1, late),
            Code(Closed(leased), 1, late),
            Code(Closed(leased), 1, Now),
            Code(leased, 1, Now),
        ];
        Assert.Equal([RejectionCode.NotFound, RejectionCode.AssignmentReturned, RejectionCode.LeaseExpired, RejectionCode.TaskStatus, RejectionCode.AnswerInvalid], seen);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public void The_time_it_took_is_kept_and_never_negative()
    {
        var id = _task.Lease(1);
        _task.Now += TimeSpan.FromSeconds(90);
        _task.Submit(id, 1, Cat);
        var other = _task.Lease(2);
        _task.Now -= TimeSpan.FromHours(1);
        _task.Submit(other, 2, Cat);
        Assert.Equal([90_000, 0], _task.Events.OfType<TaskEvent.Submitted>().Select(s => s.DurationMilliseconds));
    }

    [Fact]
    public void Gold_is_judged_at_once_and_other_answers_are_not()
    {
        var gold = new TaskLife(Spec(), Cat);
        gold.Answer(1, Cat);
        gold.Answer(2, Dog);
        Assert.Equal([true, false], gold.Events.OfType<TaskEvent.Submitted>().Select(s => s.GoldRight));
        _task.Answer(1, Cat);
        Assert.Null(_task.Events.OfType<TaskEvent.Submitted>().Single().GoldRight);
    }

    [Fact]
    public void Gold_in_another_order_than_the_schemas_is_judged_alike()
    {
        var task = new TaskLife(Spec(schema: new LabelSchema.MultiChoice { Labels = ["a", "b", "c", "d"] }), new Answer.Choices(["d", "b", "a"]));
        task.Answer(1, new Answer.Choices(["a", "b", "d"]));
        Assert.True(task.Events.OfType<TaskEvent.Submitted>().Single().GoldRight);
    }

    [Fact]
    public void A_review_is_due_only_where_answers_are_reviewed()
    {
        var reviewed = new TaskLife(Spec(Policies(payFor: PayFor.Reviewed)));
        reviewed.Answer(1, Cat);
        _task.Answer(1, Cat);
        Assert.Equal(Now.AddDays(3), reviewed.Events.OfType<TaskEvent.Submitted>().Single().ReviewDue);
        Assert.Null(_task.Events.OfType<TaskEvent.Submitted>().Single().ReviewDue);
    }
}
