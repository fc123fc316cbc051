using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class ReturnAndExpireTests
{
    private readonly TaskLife _task = new(Spec());

    [Fact]
    public void A_lease_is_returned_once()
    {
        var id = _task.Lease(1);
        var returned = Only<TaskEvent.Returned, TaskEvent>(_task.Return(id, 1));
        Assert.Equal(60_000, returned.ReleasedMicros);
        Nothing(_task.Return(id, 1));
        Assert.Equal(AssignmentStatus.Returned, _task.StatusOf(id));
    }

    [Fact]
    public void Only_its_worker_returns_a_lease()
    {
        Refused(RejectionCode.NotFound, _task.Return(AssignmentId.Of(TheTask, 0), 1));
        Refused(RejectionCode.NotFound, _task.Return(_task.Lease(1), 2));
    }

    [Fact]
    public void An_answered_assignment_is_not_returned() => Refused(RejectionCode.AlreadySubmitted, _task.Return(_task.Answer(1, Cat), 1));

    [Fact]
    public void Returning_an_expired_lease_changes_nothing()
    {
        var id = _task.Lease(1);
        _task.Now += TimeSpan.FromMinutes(10);
        _task.Expire();
        Nothing(_task.Return(id, 1));
        Assert.Equal(AssignmentStatus.Expired, _task.StatusOf(id));
    }

    [Fact]
    public void A_long_reason_is_cut()
    {
        var id = _task.Lease(1);
        var returned = Only<TaskEvent.Returned, TaskEvent>(TaskDecider.Return(_task.State, id, Worker(1), new string('x', 5_000)));
        Assert.Equal(TaskDecider.ReasonLength, returned.Reason!.Length);
    }

    [Fact]
    public void Leases_expire_at_their_end_and_no_others_do()
    {
        var first = _task.Lease(1);
        _task.Answer(2, Cat);
        _task.Now += TimeSpan.FromMinutes(5);
        var last = _task.Lease(3);
        _task.Now += TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1);
        Assert.Empty(_task.Expire());
        _task.Now += TimeSpan.FromTicks(1);
        var expired = Assert.IsType<TaskEvent.Expired>(Assert.Single(_task.Expire()));
        Assert.Equal((first, 60_000), (expired.Assignment, expired.ReleasedMicros));
        Assert.Empty(_task.Expire());
        Assert.Equal(AssignmentStatus.Leased, _task.StatusOf(last));
    }
}
