using System.Collections.Immutable;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Jobs;

public class MayWorkTests
{
    private static readonly JobState Open = new()
    {
        Id = Job,
        Status = JobStatus.Open,
        Tasks = 10,
        Spec = Spec(Policies() with { Qualifications = ["de", "fr"], Caps = new() { AnswersPerWorker = 5 } }),
    };

    private static readonly WorkerStanding Good = new(true, ["de", "fr", "it"], null, null);
    private static readonly ImmutableDictionary<WorkerId, string> Out = ImmutableDictionary<WorkerId, string>.Empty.Add(Worker(1), "gold");

    [Fact]
    public void A_worker_in_good_standing_may_work() => Assert.Null(JobDecider.MayWork(Open, Worker(1), Good, 4, Now));

    /// <summary>Every reason to refuse at once; taking them away one by one shows their order.</summary>
    [Fact]
    public void Refusals_come_in_the_order_of_their_codes()
    {
        var job = new JobState();
        var standing = new WorkerStanding(false, [], Now.AddTicks(1), "rude");
        var answers = 5;
        var seen = new List<RejectionCode>();

        RejectionCode? Next() => JobDecider.MayWork(job, Worker(1), standing, answers, Now)?.Code;
        seen.Add(Next()!.Value);
        job = Open with { Status = JobStatus.Paused, Excluded = Out };
        seen.Add(Next()!.Value);
        standing = standing with { Registered = true };
        seen.Add(Next()!.Value);
        job = job with { Status = JobStatus.Open };
        seen.Add(Next()!.Value);
        standing = standing with { SuspendedUntil = Now };
        seen.Add(Next()!.Value);
        job = job with { Excluded = ImmutableDictionary<WorkerId, string>.Empty };
        seen.Add(Next()!.Value);
        standing = standing with { Qualifications = ["de", "fr"] };
        seen.Add(Next()!.Value);
        answers = 4;
        Assert.Null(Next());

        RejectionCode[] expected =
        [
            RejectionCode.NotFound, RejectionCode.NotFound, RejectionCode.JobStatus, RejectionCode.WorkerSuspended, RejectionCode.WorkerExcluded,
            RejectionCode.QualificationMissing, RejectionCode.WorkerCapReached,
        ];
        Assert.Equal(expected, seen);
        Assert.Equal(seen.Order(), seen);
    }

    [Theory]
    [InlineData(JobStatus.Draft)]
    [InlineData(JobStatus.Paused)]
    [InlineData(JobStatus.Closing)]
    [InlineData(JobStatus.Closed)]
    [InlineData(JobStatus.Cancelled)]
    public void Work_is_given_out_by_open_jobs_only(JobStatus status) =>
        Assert.Equal(RejectionCode.JobStatus, JobDecider.MayWork(Open with { Status = status }, Worker(1), Good, 0, Now)!.Code);

    [Fact]
    public void The_missing_qualifications_are_named()
    {
        var refusal = JobDecider.MayWork(Open, Worker(1), Good with { Qualifications = ["de"] }, 0, Now)!;
        Assert.Equal(RejectionCode.QualificationMissing, refusal.Code);
        Assert.Contains("fr", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("de,", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_worker_is_not_excluded() => Assert.Null(JobDecider.MayWork(Open with { Excluded = Out }, Worker(2), Good, 0, Now));

    [Fact]
    public void A_suspension_ends_at_its_instant()
    {
        Assert.Equal(RejectionCode.WorkerSuspended, JobDecider.MayWork(Open, Worker(1), Good with { SuspendedUntil = Now.AddTicks(1) }, 0, Now)!.Code);
        Assert.Null(JobDecider.MayWork(Open, Worker(1), Good with { SuspendedUntil = Now }, 0, Now));
    }
}
