using Crowd.Consensus.Learning;

namespace Crowd.Consensus.Tests.Learning;

public class QueryTests
{
    [Fact]
    public void Scores_are_those_of_the_formulas()
    {
        double[] p = [.5, .3, .2];
        Assert.Equal(.5, QueryScore.LeastConfidence(p), 12);
        Assert.Equal(.8, QueryScore.Margin(p), 12);
        Assert.Equal(1.0296530140645737, QueryScore.Entropy(p), 12);

        // ½√(.25 + .13) + .3√(.49 + .29) + .2√(.64 + .34)
        Assert.Equal((.5 * Math.Sqrt(.38)) + (.3 * Math.Sqrt(.78)) + (.2 * Math.Sqrt(.98)), QueryScore.ExpectedGain(p), 12);
        double[] sure = [1, 0];
        Assert.All(Enum.GetValues<QueryStrategy>().Where(s => s != QueryStrategy.Disagreement), s => Assert.Equal(0, QueryScores.Score(sure, s), 12));
    }

    [Fact]
    public void Each_item_comes_once_and_the_same_seed_gives_the_same_order()
    {
        var scores = Enumerable.Range(0, 100).Select(i => (i * 37 % 100) / 100.0).ToArray();
        var order = QueryOrder.Take(scores, null, null, 100, new QueryOptions { RandomShare = .3, Seed = 4 });
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.Equal(order, QueryOrder.Take(scores, null, null, 100, new QueryOptions { RandomShare = .3, Seed = 4 }));
        Assert.NotEqual(order, QueryOrder.Take(scores, null, null, 100, new QueryOptions { RandomShare = .3, Seed = 5 }));
        Assert.Equal(3, QueryOrder.Take([.1, .2, .3], null, null, 10, new QueryOptions()).Length);
        Assert.Empty(QueryOrder.Take([], null, null, 10, new QueryOptions()));
    }

    [Fact]
    public void Without_chance_or_diversity_the_highest_scores_come_first()
    {
        double[] scores = [.1, .9, .5, .7];
        Assert.Equal([1, 3, 2, 0], QueryOrder.Take(scores, null, null, 4, new QueryOptions { RandomShare = 0, Diversity = 0 }));
    }

    [Fact]
    public void The_share_at_random_is_about_as_asked()
    {
        var scores = Enumerable.Range(0, 10_000).Select(i => (double)i).ToArray();
        var order = QueryOrder.Take(scores, null, null, 1_000, new QueryOptions { RandomShare = .2, Diversity = 0 });

        // Places by score hold the 1,000 highest; one by chance does so one time in ten.
        Assert.InRange(order.Count(i => i < 9_000), 140, 230);
    }

    [Fact]
    public void Diversity_passes_over_what_is_like_the_chosen_and_the_labelled()
    {
        SparseVector[] items = [TextFeatures.Of("where is my parcel"), TextFeatures.Of("where is my parcel"), TextFeatures.Of("thank you so much")];
        double[] scores = [.9, .9, .8];
        var options = new QueryOptions { RandomShare = 0, Diversity = .9 };
        Assert.Contains(2, QueryOrder.Take(scores, items, null, 2, options));
        Assert.Equal(2, QueryOrder.Take(scores, items, null, 1, options, [items[0]])[0]);
    }

    [Fact]
    public void Groups_take_turns()
    {
        double[] scores = [.9, .8, .7, .2, .1];
        Assert.Equal([0, 3, 1, 4, 2], QueryOrder.Take(scores, null, [0, 0, 0, 1, 1], 5, new QueryOptions { RandomShare = 0, Diversity = 0 }));
    }

    [Fact]
    public void A_curve_begins_alike_for_all_orders_and_ends_where_all_labels_are_in()
    {
        var examples = TextClassifierTests.Examples(60, seed: 9).ToList();
        SparseVector[] items = [.. examples.Select(e => e.Features)];
        int[] truth = [.. examples.Select(e => e.Label)];
        var options = new CurveOptions { Seeds = 2, Begin = 4, Batch = 8, BeginByChance = true };
        var curves = Enum.GetValues<QueryStrategy>().Select(s => LearningCurve.Measure(items, truth, 3, s, options)).ToList();
        Assert.All(curves, c =>
        {
            Assert.Equal([4, 12, 20, 28, 36, 42], c.Labels);
            Assert.Equal(curves[0].HeldOut[0], c.HeldOut[0], 12);
            Assert.Equal(1, c.Whole[^1], 12);
        });

        // The three labels are told apart by their words: representatives have one of each.
        var begun = LearningCurve.Measure(items, truth, 3, QueryStrategy.Margin, options with { BeginByChance = false });
        Assert.True(begun.HeldOut[0] > curves[0].HeldOut[0], $"{begun.HeldOut[0]} against {curves[0].HeldOut[0]}");
    }

    [Fact]
    public void Labels_for_an_accuracy_are_interpolated_where_the_curve_stays_above_it()
    {
        int[] labels = [10, 20, 30, 40];
        Assert.Equal(35, LearningCurve.LabelsFor(.7, labels, [.5, .8, .6, .8]));
        Assert.Equal(10, LearningCurve.LabelsFor(.4, labels, [.5, .8, .6, .8]));
        Assert.Null(LearningCurve.LabelsFor(.9, labels, [.5, .8, .6, .8]));
    }

    /// <summary>A stream in which nearly everything is alike and the rest matters: chance wastes its labels on what the model knows.</summary>
    [Fact]
    public void Where_texts_repeat_themselves_the_active_order_needs_fewer_labels()
    {
        var random = new Random(3);
        string[] rare = ["refund", "broken", "fraud", "stolen", "invoice", "password", "warranty", "allergy"];
        var texts = new List<SparseVector>();
        var truth = new List<int>();
        for (var i = 0; i < 400; i++)
        {
            var isRare = i % 5 == 0;
            var word = rare[random.Next(rare.Length)];
            texts.Add(TextFeatures.Of(isRare ? $"{word} case {random.Next(9)}" : $"all is well today {random.Next(9)}"));
            truth.Add(isRare ? Array.IndexOf(rare, word) % 2 : 2);
        }

        var options = new CurveOptions { Seeds = 4, Begin = 5, Batch = 5 };
        var byChance = LearningCurve.Measure(texts, [.. truth], 3, QueryStrategy.Random, options);
        var active = LearningCurve.Measure(texts, [.. truth], 3, QueryStrategy.Margin, options);
        var target = byChance.HeldOut[^1] - .005;
        var (needed, spent) = (LearningCurve.LabelsFor(target, active.Labels, active.HeldOut), LearningCurve.LabelsFor(target, byChance.Labels, byChance.HeldOut));
        Assert.True(needed <= .6 * spent, $"{needed} against {spent}");
    }
}
