using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Workers;

public class WorkerDeciderTests
{
    private static readonly WorkerState None = new();
    private static readonly WorkerState Ann = None.Apply(new WorkerEvent.Registered { Worker = Worker(1), Person = Person });

    public static TheoryData<string> Reasons => new() { "", " ", new string('x', TaskDecider.ReasonLength + 1) };

    private static Outcome<WorkerEvent[]>[] AllWith(WorkerState state, string reason) =>
    [
        WorkerDecider.Grant(state, "de", reason),
        WorkerDecider.Revoke(state, "de", reason),
        WorkerDecider.Suspend(state, Now.AddDays(1), reason, Now),
        WorkerDecider.LiftSuspension(state, reason),
        WorkerDecider.Override(state, null, 0.5, reason),
        WorkerDecider.ClearOverride(state, null, reason),
    ];

    [Fact]
    public void Registering_twice_changes_nothing()
    {
        Only<WorkerEvent.Registered, WorkerEvent>(WorkerDecider.Register(None, Worker(1), Person));
        Nothing(WorkerDecider.Register(Ann, Worker(1), Person));
    }

    [Fact]
    public void Nothing_can_be_done_to_a_worker_who_is_not_there()
    {
        Assert.All(AllWith(None, ""), outcome => Refused(RejectionCode.NotFound, outcome));
        Refused(RejectionCode.NotFound, WorkerDecider.RequestPayout(None, Id<PayoutId>(1), null, Usd(5)));
        Nothing(WorkerDecider.EndPayout(None, Id<PayoutId>(1), paid: true));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void What_a_quality_manager_does_wants_a_reason(string reason) => Assert.All(AllWith(Ann, reason), outcome =>
        Assert.Equal("reason", Assert.Single(Refused(RejectionCode.Invalid, outcome).Violations).Path));

    [Fact]
    public void Qualifications_are_granted_and_revoked_once()
    {
        Nothing(WorkerDecider.Revoke(Ann, "de", "r"));
        var granted = Ann.Apply(Only<WorkerEvent.QualificationGranted, WorkerEvent>(WorkerDecider.Grant(Ann, "de", "exam")));
        Nothing(WorkerDecider.Grant(granted, "de", "again"));
        Assert.Contains("de", granted.Standing.Qualifications);
        var revoked = granted.Apply(Only<WorkerEvent.QualificationRevoked, WorkerEvent>(WorkerDecider.Revoke(granted, "de", "left")));
        Assert.Empty(revoked.Standing.Qualifications);
    }

    [Fact]
    public void A_qualification_with_a_bad_name_is_refused() =>
        Assert.Equal("qualification", Assert.Single(Refused(RejectionCode.Invalid, WorkerDecider.Grant(Ann, "Not a name", "r")).Violations).Path);

    [Fact]
    public void A_suspension_lies_ahead()
    {
        Refused(RejectionCode.Invalid, WorkerDecider.Suspend(Ann, Now, "r", Now));
        Refused(RejectionCode.Invalid, WorkerDecider.Suspend(Ann, Now.AddDays(-1), "r", Now));
        Only<WorkerEvent.Suspended, WorkerEvent>(WorkerDecider.Suspend(Ann, Now.AddTicks(1), "r", Now));
    }

    [Fact]
    public void A_suspension_can_be_lengthened_and_lifted()
    {
        var suspended = Ann.Apply(Only<WorkerEvent.Suspended, WorkerEvent>(WorkerDecider.Suspend(Ann, Now.AddDays(1), "rude", Now)));
        Assert.Equal((Now.AddDays(1), "rude"), (suspended.Standing.SuspendedUntil!.Value, suspended.Standing.SuspensionReason));
        Nothing(WorkerDecider.Suspend(suspended, Now.AddDays(1), "rude", Now));
        Only<WorkerEvent.Suspended, WorkerEvent>(WorkerDecider.Suspend(suspended, Now.AddDays(2), "rude", Now));
        var lifted = suspended.Apply(Only<WorkerEvent.SuspensionLifted, WorkerEvent>(WorkerDecider.LiftSuspension(suspended, "sorry")));
        Assert.Null(lifted.Standing.SuspendedUntil);
        Nothing(WorkerDecider.LiftSuspension(lifted, "sorry"));
    }

    [Theory]
    [InlineData(-0.0001)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void A_reliability_is_a_probability(double value) => Refused(RejectionCode.Invalid, WorkerDecider.Override(Ann, null, value, "r"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0.75)]
    public void A_reliability_is_overridden_for_all_jobs_or_one(double value)
    {
        var forAll = Ann.Apply(Only<WorkerEvent.ReliabilityOverridden, WorkerEvent>(WorkerDecider.Override(Ann, null, value, "r")));
        Assert.Equal(value, forAll.Reliability);
        Assert.Empty(forAll.ReliabilityByJob);
        var forOne = Ann.Apply(Only<WorkerEvent.ReliabilityOverridden, WorkerEvent>(WorkerDecider.Override(Ann, Job, value, "r")));
        Assert.Null(forOne.Reliability);
        Assert.Equal(value, forOne.ReliabilityByJob[Job]);
    }

    [Fact]
    public void An_override_is_cleared_where_it_was_set()
    {
        var both = Ann.Apply(new WorkerEvent.ReliabilityOverridden { Value = 0.1, Reason = "r" }).Apply(new WorkerEvent.ReliabilityOverridden { Job = Job, Value = 0.2, Reason = "r" });
        var general = both.Apply(Only<WorkerEvent.ReliabilityOverrideCleared, WorkerEvent>(WorkerDecider.ClearOverride(both, null, "r")));
        Assert.Null(general.Reliability);
        Assert.Equal(0.2, general.ReliabilityByJob[Job]);
        Nothing(WorkerDecider.ClearOverride(general, null, "r"));
        Nothing(WorkerDecider.ClearOverride(general, Id<JobId>(2), "r"));
        Assert.Empty(general.Apply(Only<WorkerEvent.ReliabilityOverrideCleared, WorkerEvent>(WorkerDecider.ClearOverride(general, Job, "r"))).ReliabilityByJob);
    }
}
