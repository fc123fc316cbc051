using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Jobs;

public class JobPoliciesTests
{
    public static TheoryData<string, JobPolicies> Wrong => new()
    {
        { "redundancy.minAnswers redundancy.maxAnswers", Answers(101, 100) },
        { "redundancy.minAnswers", Answers(0, 5) },
        { "redundancy.maxAnswers", Answers(3, 2) },
        { "redundancy.maxAnswers", Answers(3, 101) },
        { "redundancy.targetConfidence", Some.Policies() with { Redundancy = new() { TargetConfidence = 0.49 } } },
        { "redundancy.targetConfidence", Some.Policies() with { Redundancy = new() { TargetConfidence = 1 } } },
        { "redundancy.targetConfidence", Some.Policies() with { Redundancy = new() { TargetConfidence = double.NaN } } },
        { "payMicros", Some.Policies() with { PayMicros = -1 } },
        { "payMicros", Some.Policies() with { PayMicros = 1_000_000_001 } },
        { "feeBasisPoints", Some.Policies() with { FeeBasisPoints = -1 } },
        { "feeBasisPoints", Some.Policies() with { FeeBasisPoints = 10_001 } },
        { "payFor", Some.Policies() with { PayFor = (PayFor)9 } },
        { "whenUnsettled", Some.Policies() with { WhenUnsettled = (WhenUnsettled)9 } },
        { "leaseTime", Some.Policies() with { LeaseTime = TimeSpan.FromSeconds(9.9) } },
        { "leaseTime", Some.Policies() with { LeaseTime = TimeSpan.FromDays(7.1) } },
        { "caps.leasesPerWorker", Some.Policies() with { Caps = new() { LeasesPerWorker = 0 } } },
        { "caps.leasesPerWorker", Some.Policies() with { Caps = new() { LeasesPerWorker = 101 } } },
        { "caps.answersPerWorker", Some.Policies() with { Caps = new() { AnswersPerWorker = 0 } } },
        { "caps.sharePerWorker", Some.Policies() with { Caps = new() { SharePerWorker = 0 } } },
        { "caps.sharePerWorker", Some.Policies() with { Caps = new() { SharePerWorker = 1.01 } } },
        { "caps.sharePerWorker", Some.Policies() with { Caps = new() { SharePerWorker = double.NaN } } },
        { "gold.share", Some.Policies() with { Gold = new() { Share = 0.51 } } },
        { "gold.share", Some.Policies() with { Gold = new() { Share = -0.01 } } },
        { "gold.window", Some.Policies() with { Gold = new() { Window = 1_001 } } },
        { "gold.window gold.minAnswers", Some.Policies() with { Gold = new() { Window = 0 } } },
        { "gold.minAnswers", Some.Policies() with { Gold = new() { Window = 5, MinAnswers = 6 } } },
        { "gold.minAnswers", Some.Policies() with { Gold = new() { MinAnswers = 0 } } },
        { "gold.minAccuracy", Some.Policies() with { Gold = new() { MinAccuracy = 1.1 } } },
        { "gold.minAccuracy", Some.Policies() with { Gold = new() { MinAccuracy = double.NaN } } },
        { "gold.onFailure", Some.Policies() with { Gold = new() { OnFailure = (OnGoldFailure)9 } } },
        { "reviewWindow", Some.Policies() with { ReviewWindow = TimeSpan.FromDays(30.1) } },
        { "reviewWindow", Some.Policies() with { ReviewWindow = TimeSpan.FromTicks(-1) } },
        { "appealWindow", Some.Policies() with { AppealWindow = TimeSpan.FromDays(30.1) } },
        { "qualifications", Some.Policies() with { Qualifications = ["Upper"] } },
        { "qualifications", Some.Policies() with { Qualifications = new(Enumerable.Range(0, 11).Select(n => $"q{n}")) } },
        { "payMicros leaseTime appealWindow", Some.Policies() with { PayMicros = -1, LeaseTime = TimeSpan.Zero, AppealWindow = TimeSpan.FromDays(99) } },
    };

    public static TheoryData<JobPolicies> AtTheLimits => new()
    {
        Some.Policies(),
        Answers(1, 1),
        Answers(100, 100),
        Some.Policies() with { Redundancy = new() { TargetConfidence = 0.5 } },
        Some.Policies() with { Redundancy = new() { TargetConfidence = 0.9999 } },
        Some.Policies() with { PayMicros = 0, FeeBasisPoints = 0 },
        Some.Policies() with { PayMicros = 1_000_000_000, FeeBasisPoints = 10_000 },
        Some.Policies() with { LeaseTime = TimeSpan.FromSeconds(10) },
        Some.Policies() with { LeaseTime = TimeSpan.FromDays(7) },
        Some.Policies() with { Caps = new() { LeasesPerWorker = 100, AnswersPerWorker = 1, SharePerWorker = 1 } },
        Some.Policies() with { Gold = new() { Share = 0.5, Window = 1_000, MinAnswers = 1_000, MinAccuracy = 1 } },
        Some.Policies() with { ReviewWindow = TimeSpan.Zero, AppealWindow = TimeSpan.FromDays(30) },
        Some.Policies() with { Qualifications = new(Enumerable.Range(0, 10).Select(n => $"q:{n}.x-y")) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Policies_out_of_range_are_told_where(string paths, JobPolicies policies)
    {
        Assert.Equal(paths, string.Join(' ', policies.Check().Select(v => v.Path["policies.".Length..])));
        Assert.All(policies.Check(), v => Assert.Equal("range", v.Rule));
    }

    [Theory]
    [MemberData(nameof(AtTheLimits))]
    public void Policies_at_the_limits_are_accepted(JobPolicies policies) => Assert.Empty(policies.Check());

    [Theory]
    [InlineData(50_000, 2_000, 10_000)]
    [InlineData(1, 2_000, 1)]
    [InlineData(4, 2_500, 1)]
    [InlineData(5, 2_500, 2)]
    [InlineData(0, 10_000, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(1_000_000_000, 10_000, 1_000_000_000)]
    public void The_fee_is_rounded_up_to_a_micro(long pay, int basisPoints, long fee) =>
        Assert.Equal(fee, (Some.Policies() with { PayMicros = pay, FeeBasisPoints = basisPoints }).FeeMicros);

    [Fact]
    public void The_fee_is_never_a_micro_above_its_share() => Property.Holds(
        Gen.Choose(0, 1_000_000_000).SelectMany(pay => Gen.Choose(0, 10_000).Select(fee => Some.Policies() with { PayMicros = pay, FeeBasisPoints = fee })),
        policies =>
        {
            var over = (policies.FeeMicros * 10_000) - (policies.PayMicros * policies.FeeBasisPoints);
            Assert.InRange(over, 0, 9_999);
        });

    [Theory]
    [InlineData(null, null, 100, int.MaxValue)]
    [InlineData(7, null, 100, 7)]
    [InlineData(null, 0.5, 100, 50)]
    [InlineData(null, 0.5, 3, 1)]
    [InlineData(null, 0.29, 100, 29)]
    [InlineData(null, 0.07, 100, 7)]
    [InlineData(null, 0.001, 100, 1)]
    [InlineData(null, 0.5, 0, 1)]
    [InlineData(null, 1.0, 10_000_000, 10_000_000)]
    [InlineData(7, 0.5, 100, 7)]
    [InlineData(70, 0.5, 100, 50)]
    public void The_cap_is_the_lower_of_count_and_share(int? answers, double? share, int tasks, int cap) =>
        Assert.Equal(cap, new WorkerCaps { AnswersPerWorker = answers, SharePerWorker = share }.AnswerCap(tasks));

    [Theory]
    [InlineData("de", true)]
    [InlineData("lang:de-ch.1", true)]
    [InlineData("x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a b", false)]
    [InlineData("Äh", false)]
    [InlineData("a_b", false)]
    public void A_qualification_has_a_plain_name(string? name, bool valid) => Assert.Equal(valid, QualificationName.IsValid(name));

    [Fact]
    public void A_qualification_has_sixty_characters_at_most()
    {
        Assert.True(QualificationName.IsValid(new('a', 60)));
        Assert.False(QualificationName.IsValid(new('a', 61)));
    }

    private static JobPolicies Answers(int min, int max) => Some.Policies(min, max);
}
