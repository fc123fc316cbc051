using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class ReportTests
{
    private readonly TaskLife _task = new(Spec());

    [Fact]
    public void A_report_gives_the_lease_back_and_counts_once()
    {
        var id = _task.Lease(1);
        var events = TaskDecider.Report(_task.State, id, Worker(1), Problem.Broken, " ").Value!;
        Assert.Collection(events, e => Assert.Null(Assert.IsType<TaskEvent.Reported>(e).Message), e => Assert.Equal(60_000, Assert.IsType<TaskEvent.Returned>(e).ReleasedMicros));
        var after = events.Aggregate(_task.State, (state, e) => state.Apply(e, Now));
        Nothing(TaskDecider.Report(after, id, Worker(1), Problem.Harmful, null));
    }

    [Fact]
    public void A_lease_that_is_over_can_still_be_reported()
    {
        var id = _task.Lease(1);
        _task.Now += TimeSpan.FromMinutes(10);
        _task.Expire();
        Only<TaskEvent.Reported, TaskEvent>(TaskDecider.Report(_task.State, id, Worker(1), Problem.Unclear, null));
    }

    [Fact]
    public void Refusals_come_in_their_order()
    {
        var id = _task.Lease(1);
        Refused(RejectionCode.NotFound, TaskDecider.Report(_task.State, id, Worker(2), Problem.Broken, null));
        Refused(RejectionCode.Invalid, TaskDecider.Report(_task.State, id, Worker(1), Problem.Other, ""));
        Refused(RejectionCode.Invalid, TaskDecider.Report(_task.State, id, Worker(1), Problem.Broken, new string('x', 2_001)));
        var answered = _task.Answer(2, Cat);
        Refused(RejectionCode.AlreadySubmitted, TaskDecider.Report(_task.State, answered, Worker(2), Problem.Broken, null));
    }
}
