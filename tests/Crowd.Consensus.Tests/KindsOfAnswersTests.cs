using Crowd.Consensus.Agreement;
using Crowd.Consensus.Boxes;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;

namespace Crowd.Consensus.Tests;

public class KindsOfAnswersTests
{
    [Fact]
    public void Texts_agree_by_edit_distance_and_the_medoid_is_nearest_to_the_rest()
    {
        Assert.Equal(3, EditDistance.Between("kitten".AsSpan(), "sitting".AsSpan()));
        Assert.Equal(1 - (3 / 7.0), EditDistance.Similarity("kitten", "sitting"), 12);
        Assert.Equal(1, EditDistance.Similarity("", ""));
        Assert.Equal(1, TextMedoid.Of(["a cat", "the cat sat", "the cat sits", "dogs"], [1, 1, 1, 1]).Answer);
    }

    [Fact]
    public void Numbers_agree_within_a_tolerance_and_merge_to_a_weighted_median()
    {
        Assert.Equal(1, NumberAgreement.Closeness(100, 104, Tolerance.Default));
        Assert.Equal(0, NumberAgreement.Closeness(100, 120, Tolerance.Default));
        Assert.Equal(2.5, WeightedMedian.Of([4, 1, 2, 3]));
        Assert.Equal(4, WeightedMedian.Of([4, 1, 2, 3], [9, 1, 1, 1]));
        Assert.Equal(1.4826, WeightedMedian.Deviation([1, 2, 3, 4, 100], [1, 1, 1, 1, 1]), 10);
    }

    [Fact]
    public void Boxes_match_by_overlap_and_average_when_half_drew_them()
    {
        var first = new Box(0, 0, 10, 10);
        var second = new Box(0, 0, 10, 20);
        Assert.Equal(.5, first.Overlap(second), 12);
        Assert.Equal(2 / 3.0, BoxAgreement.F1([first, new Box(50, 50, 60, 60)], [first]), 12);

        var agreed = BoxConsensus.Of([[first], [new Box(2, 0, 12, 10), new Box(80, 80, 90, 90)], [new Box(1, 0, 11, 10)]], [1, 1, 1]);
        var box = Assert.Single(agreed);
        Assert.Equal(new Box(1, 0, 11, 10), box.Box);
        Assert.Equal(1, box.Confidence, 12);
    }

    [Fact]
    public void Boxes_of_one_worker_never_join()
    {
        Assert.Equal(2, BoxConsensus.Of([[new Box(0, 0, 10, 10), new Box(1, 0, 11, 10)]], [1]).Count);
        Assert.Equal(2, BoxConsensus.Of([[new Box(0, 0, 10, 10, 1)], [new Box(0, 0, 10, 10, 2)]], [1, 1]).Count);
    }

    [Fact]
    public void Spans_agree_by_position_and_merge_by_vote()
    {
        Assert.Equal(.5, SpanAgreement.OverlapF1([new TextSpan(0, 4, 0)], [new TextSpan(2, 6, 0)]), 12);
        Assert.Equal(0, SpanAgreement.OverlapF1([new TextSpan(0, 4, 0)], [new TextSpan(0, 4, 1)]));
        var agreed = SpanConsensus.Of([[new TextSpan(0, 4, 1)], [new TextSpan(0, 4, 1)], [new TextSpan(0, 5, 2), new TextSpan(9, 10, 0)]], [1, 1, 1]);
        Assert.Equal(new TextSpan(0, 4, 1), Assert.Single(agreed).Span);
    }

    [Fact]
    public void Rankings_agree_by_Kendall_and_merge_by_Borda()
    {
        Assert.Equal(1, KendallTau.Agreement([0, 1, 2], [0, 1, 2]));
        Assert.Equal(0, KendallTau.Agreement([0, 1, 2], [2, 1, 0]));
        Assert.Equal(1 / 3.0, KendallTau.Between([0, 1, 2], [0, 2, 1]), 12);
        Assert.Equal([1, 0, 2], Borda.Of([[1, 0, 2], [1, 2, 0], [0, 1, 2]], [1, 1, 1], 3).Order);
    }

    [Fact]
    public void Sets_agree_by_Jaccard_and_Masi_and_merge_label_by_label()
    {
        Assert.Equal(1 / 3.0, SetAgreement.Jaccard([0, 1], [1, 2]), 12);
        Assert.Equal(1 / 9.0, SetAgreement.Masi([0, 1], [1, 2]), 12);
        Assert.Equal(1 / 3.0, SetAgreement.Masi([0], [0, 1]), 12);
        Assert.Equal(1, SetAgreement.Masi([], []));
        var merged = LabelwiseMajority.Of([[0, 1], [0], [0, 2]], [1, 1, 1], 3);
        Assert.Equal([0], merged.Labels);
        Assert.Equal(2 / 3.0, merged.Confidence, 12);
    }

    [Fact]
    public void Agreement_of_a_set_is_the_weighted_mean_over_pairs()
    {
        double[] values = [1, 1, 2];
        Assert.Equal(1 / 3.0, MeanAgreement.OfPairs([1, 1, 1], (i, j) => values[i].Equals(values[j]) ? 1 : 0), 12);
        Assert.Equal(0, MeanAgreement.OfPairs([1], (_, _) => 1));
    }
}
