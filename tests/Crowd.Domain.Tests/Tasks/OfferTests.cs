using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class OfferTests
{
    [Fact]
    public void A_lease_carries_its_terms()
    {
        var task = new TaskLife(Spec());
        var offered = Only<TaskEvent.Offered, TaskEvent>(task.Offer(1));
        Assert.Equal((Job, AssignmentId.Of(TheTask, 0), Worker(1), Now.AddMinutes(10), 50_000, 10_000), (offered.Job, offered.Assignment, offered.Worker, offered.LeaseUntil, offered.PayMicros, offered.FeeMicros));
        Assert.Null(offered.Gold);
    }

    [Fact]
    public void A_worker_never_gets_a_task_twice()
    {
        var task = new TaskLife(Spec(Policies(5, 5)));
        task.Lease(1);
        Refused(RejectionCode.NoWork, task.Offer(1));
        task.Answer(2, Cat);
        Refused(RejectionCode.NoWork, task.Offer(2));
        task.Return(task.Lease(3), 3);
        Refused(RejectionCode.NoWork, task.Offer(3));
    }

    [Fact]
    public void A_worker_whose_lease_ran_out_may_try_again()
    {
        var task = new TaskLife(Spec());
        var first = task.Lease(1);
        task.Now += TimeSpan.FromMinutes(10);
        Refused(RejectionCode.NoWork, task.Offer(1));
        task.Expire();
        var second = task.Lease(1);
        Assert.Equal((0, 1), (first.Ordinal, second.Ordinal));
        Refused(RejectionCode.LeaseExpired, task.Submit(first, 1, Cat));
    }

    [Fact]
    public void Leases_and_answers_together_never_exceed_what_is_wanted()
    {
        var task = new TaskLife(Spec());
        task.Answer(1, Cat);
        task.Lease(2);
        task.Lease(3);
        Refused(RejectionCode.NoWork, task.Offer(4));
        task.Return(task.State.Assignments[1].Id, 2);
        task.Lease(4);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 4)]
    [InlineData(9, 5)]
    public void What_is_wanted_lies_between_the_least_and_the_most(int asked, int wanted) =>
        Assert.Equal(wanted, TaskDecider.Wanted(new() { Wanted = asked }, Spec()));

    [Theory]
    [InlineData(TaskStage.Escalated)]
    [InlineData(TaskStage.Decided)]
    [InlineData(TaskStage.Closed)]
    public void Only_an_open_task_is_given_out(TaskStage stage)
    {
        var state = new TaskState { Stage = stage };
        Assert.Equal(0, TaskDecider.Wanted(state, Spec()));
        Refused(RejectionCode.TaskStatus, TaskDecider.Offer(state, TheTask, Job, Spec(), null, Worker(1), Now));
    }

    [Fact]
    public void A_gold_task_is_not_bound_by_the_redundancy()
    {
        var task = new TaskLife(Spec(Policies(1, 1)), Cat);
        for (var worker = 1; worker <= 20; worker++)
            task.Answer(worker, Cat);
        Assert.Equal(20, task.State.Answers);
        Assert.Equal(TaskStage.Open, task.State.Stage);
        Refused(RejectionCode.NoWork, task.Offer(20));
    }

    [Fact]
    public void A_gold_task_has_a_limit_of_its_own()
    {
        var state = new TaskState
        {
            Gold = Cat,
            Assignments =
            [
                .. Enumerable.Range(0, TaskDecider.GoldAnswerLimit).Select(n => new Assignment
                {
                    Id = AssignmentId.Of(TheTask, n), Worker = Worker(n), Status = AssignmentStatus.Accepted, OfferedAt = Now, LeaseUntil = Now, PayMicros = 0, FeeMicros = 0, Answer = Cat,
                }),
            ],
        };
        Refused(RejectionCode.NoWork, TaskDecider.Offer(state, TheTask, Job, Spec(), Cat, Worker(50_000), Now));
    }

    [Fact]
    public void A_new_price_holds_for_new_leases_only()
    {
        var task = new TaskLife(Spec(Policies(2, 2)));
        var old = task.Lease(1);
        task.Spec = Spec(Policies(2, 2) with { PayMicros = 70_000 });
        var recent = task.Lease(2);
        task.Submit(old, 1, Cat);
        task.Submit(recent, 2, Cat);
        Assert.Equal([(old, 50_000L), (recent, 70_000L)], task.Settlements.Take(2).Select(s => (s.Assignment, s.PayMicros)));
    }
}
