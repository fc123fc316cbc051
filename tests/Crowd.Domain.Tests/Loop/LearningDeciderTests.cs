namespace Crowd.Domain.Tests.Loop;

public class LearningDeciderTests
{
    private static readonly JobId Job = JobId.From("job_00000000000000000000000001");
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, 9, false)]
    [InlineData(0, 0, 10, true)]
    [InlineData(1, 10, 29, false)]
    [InlineData(1, 10, 30, true)]
    [InlineData(5, 1_000, 1_099, false)]
    [InlineData(5, 1_000, 1_100, true)]
    public void The_classifier_is_trained_again_with_twenty_new_labels_and_a_tenth_of_the_old(int version, int trained, int labels, bool expected) =>
        Assert.Equal(expected, LearningDecider.ShouldTrain(new() { Version = version, TrainedLabels = trained }, labels));

    [Fact]
    public void Versions_count_from_one()
    {
        var first = new LearningState().Apply(LearningDecider.Train(new(), Job, 10, 0, 0), Begin);
        Assert.Equal((1, 10), (first.Version, first.TrainedLabels));
        Assert.Equal(2, ((LearningEvent.Trained)LearningDecider.Train(first, Job, 30, 5, 4)).Version);
    }

    [Fact]
    public void Training_is_wanted_for_labels_before_age_before_drift_and_never_without_new_labels()
    {
        var policy = new LearningPolicy { TrainAfterLabels = 50, TrainAfter = TimeSpan.FromDays(2), TrainOnDrift = true };
        Assert.Equal(TrainingReason.Labels, Reason(policy, labels: 50, days: 3, drift: .001));
        Assert.Equal(TrainingReason.Age, Reason(policy, labels: 49, days: 2, drift: .001));
        Assert.Equal(TrainingReason.Drift, Reason(policy, labels: 49, days: 1, drift: .001));
        Assert.Null(Reason(policy, labels: 49, days: 1, drift: .02));
        Assert.Null(Reason(policy, labels: 49, days: 1, drift: null));
        Assert.Null(Reason(policy, labels: 9, days: 3, drift: .001));
        Assert.Null(Reason(new(), labels: 1_000, days: 30, drift: .001));
    }

    [Fact]
    public void Once_wanted_it_is_wanted_again_only_for_what_is_new()
    {
        var policy = new LearningPolicy { TrainAfterLabels = 20, TrainAfter = TimeSpan.FromDays(2) };
        var state = new LearningState().Apply(LearningDecider.Want(new(), Job, policy, 20, Begin, Begin, null)!, Begin);
        Assert.Null(LearningDecider.Want(state, Job, policy, 39, Begin, Begin.AddDays(1), null));
        Assert.Equal(20, ((LearningEvent.TrainingWanted)LearningDecider.Want(state, Job, policy, 40, Begin, Begin.AddDays(1), null)!).NewLabels);
        Assert.Equal(TrainingReason.Age, ((LearningEvent.TrainingWanted)LearningDecider.Want(state, Job, policy, 31, Begin, Begin.AddDays(2), null)!).Reason);
    }

    [Fact]
    public void A_policy_out_of_range_says_what_to_give()
    {
        var wrong = new LearningPolicy { RandomShare = 2, Diversity = -1, TrainAfterLabels = 1, TrainAfter = TimeSpan.FromMinutes(1), Order = (QueryOrdering)9 }.Check();
        Assert.Equal(["order", "randomShare", "diversity", "trainAfterLabels", "trainAfter"], wrong.Select(v => v.Path));
        Assert.Empty(new LearningPolicy().Check());
    }

    private static TrainingReason? Reason(LearningPolicy policy, int labels, int days, double? drift) =>
        (LearningDecider.Want(new(), Job, policy, labels, Begin, Begin.AddDays(days), drift) as LearningEvent.TrainingWanted)?.Reason;
}
