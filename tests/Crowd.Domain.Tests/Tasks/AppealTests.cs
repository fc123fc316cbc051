using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

public class AppealTests
{
    private readonly TaskLife _task = new(Spec(Policies(payFor: PayFor.Reviewed)));

    [Fact]
    public void A_rejection_is_appealed_once()
    {
        var id = Rejected();
        Only<TaskEvent.Appealed, TaskEvent>(_task.Appeal(id, 1));
        Nothing(_task.Appeal(id, 1, "and another thing"));
        _task.ResolveAppeal(id, uphold: false);
        Refused(RejectionCode.TaskStatus, _task.Appeal(id, 1));
        Assert.Equal(AssignmentStatus.Rejected, _task.StatusOf(id));
    }

    [Fact]
    public void Only_a_rejected_answer_of_ones_own_is_appealed()
    {
        Refused(RejectionCode.NotFound, _task.Appeal(Rejected(), 2));
        Refused(RejectionCode.TaskStatus, _task.Appeal(_task.Answer(3, Cat), 3));
        var approved = _task.Answer(4, Cat);
        _task.Review(approved, approve: true);
        Refused(RejectionCode.TaskStatus, _task.Appeal(approved, 4));
    }

    [Fact]
    public void The_time_to_appeal_ends()
    {
        var id = Rejected();
        _task.Now += TimeSpan.FromDays(7) + TimeSpan.FromTicks(1);
        Refused(RejectionCode.WindowClosed, _task.Appeal(id, 1, ""));
        _task.Now -= TimeSpan.FromTicks(1);
        Refused(RejectionCode.Invalid, _task.Appeal(id, 1, ""));
        Only<TaskEvent.Appealed, TaskEvent>(_task.Appeal(id, 1));
    }

    [Fact]
    public void A_message_has_a_greatest_length()
    {
        var id = Rejected();
        Refused(RejectionCode.Invalid, _task.Appeal(id, 1, new('x', TaskDecider.ReasonLength + 1)));
        Only<TaskEvent.Appealed, TaskEvent>(_task.Appeal(id, 1, new('x', TaskDecider.ReasonLength)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_upheld_appeal_pays_what_the_lease_promised(bool escrowPays)
    {
        var id = Rejected();
        _task.Appeal(id, 1);
        var events = _task.ResolveAppeal(id, uphold: true, escrowPays).Value!;
        Assert.True(Assert.IsType<TaskEvent.AppealResolved>(events[0]).Upheld);
        var paid = Assert.Single(Assert.IsType<TaskEvent.Settled>(events[1]).Settlements);
        Assert.Equal((id, true, 50_000, 10_000, SettlementReason.AppealUpheld, !escrowPays), (paid.Assignment, paid.Accepted, paid.PayMicros, paid.FeeMicros, paid.Reason, paid.PaidByPlatform));
        Assert.Equal(AssignmentStatus.Accepted, _task.StatusOf(id));
        Nothing(_task.ResolveAppeal(id, uphold: true, escrowPays));
        Refused(RejectionCode.AlreadySettled, _task.ResolveAppeal(id, uphold: false));
        Refused(RejectionCode.TaskStatus, _task.Appeal(id, 1));
    }

    [Fact]
    public void A_dismissed_appeal_pays_nothing()
    {
        var id = Rejected();
        _task.Appeal(id, 1);
        Only<TaskEvent.AppealResolved, TaskEvent>(_task.ResolveAppeal(id, uphold: false));
        Nothing(_task.ResolveAppeal(id, uphold: false));
        Refused(RejectionCode.AlreadySettled, _task.ResolveAppeal(id, uphold: true));
        Assert.DoesNotContain(_task.Settlements, s => s.Accepted);
    }

    [Fact]
    public void Only_an_appeal_is_resolved_and_with_a_reason()
    {
        var id = Rejected();
        Refused(RejectionCode.NotFound, _task.ResolveAppeal(id, uphold: true));
        Refused(RejectionCode.NotFound, _task.ResolveAppeal(AssignmentId.Of(TheTask, 9), uphold: true));
        _task.Appeal(id, 1);
        Refused(RejectionCode.Invalid, _task.ResolveAppeal(id, uphold: true, reason: " "));
    }

    private AssignmentId Rejected()
    {
        var id = _task.Answer(1, Cat);
        Assert.True(_task.Review(id, approve: false).Accepted);
        return id;
    }
}
