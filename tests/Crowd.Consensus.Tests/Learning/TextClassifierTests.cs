using Crowd.Consensus.Learning;

namespace Crowd.Consensus.Tests.Learning;

public class TextClassifierTests
{
    private static readonly string[] Things = ["lamp", "train", "bill", "parcel", "card", "ticket", "seat", "meter"];

    [Fact]
    public void Features_have_length_one_and_ignore_case_and_are_the_same_every_time()
    {
        var features = TextFeatures.Of("Where is my parcel, please?");
        Assert.Equal(1, features.Dot(features), 5);
        Assert.Equal(features.Indexes, TextFeatures.Of("WHERE is My Parcel, please?").Indexes);
        Assert.Equal(features.Indexes.Order(), features.Indexes);
        Assert.All(features.Indexes, i => Assert.InRange(i, 0, TextFeatures.Dimensions - 1));
        Assert.True(features.Dot(TextFeatures.Of("Where is my card?")) > features.Dot(TextFeatures.Of("Buy cheap gold")));
        Assert.Empty(TextFeatures.Of("  ").Indexes);
    }

    [Fact]
    public void A_long_text_counts_by_its_beginning()
    {
        var beginning = new string('a', TextFeatures.MostCharacters);
        Assert.Equal(TextFeatures.Of(beginning).Indexes, TextFeatures.Of(beginning + " and more").Indexes);
    }

    [Fact]
    public void Without_examples_all_labels_are_alike()
    {
        var model = new TextClassifier(4);
        Assert.All(model.Predict(TextFeatures.Of("anything")), p => Assert.Equal(.25, p, 12));
    }

    [Fact]
    public void One_step_from_nothing_moves_each_score_by_the_step_times_what_it_was_wrong_by()
    {
        var x = TextFeatures.Of("hello");
        var model = new TextClassifier(2, pull: 0);
        model.Learn(new Example(x, 1));

        // p = ½ for both, so each score moves by ½ · ½ · (|x|² + 1) = ½, apart by one: p = 1 / (1 + e⁻¹).
        Assert.Equal(1 / (1 + Math.Exp(-1)), model.Predict(x)[1], 5);
    }

    [Fact]
    public void It_learns_what_tells_labels_apart_and_tells_new_texts()
    {
        var model = TextClassifier.Train([.. Examples(60, seed: 1)], 3);
        var right = Examples(90, seed: 2).Count(e => Best(model.Predict(e.Features)) == e.Label);
        Assert.True(right > 85, $"{right} of 90");
    }

    [Fact]
    public void The_same_examples_and_seed_give_the_same_model()
    {
        Example[] examples = [.. Examples(30, seed: 3)];
        var text = TextFeatures.Of("a lamp, thank you");
        Assert.Equal(TextClassifier.Train(examples, 3, seed: 5).Predict(text), TextClassifier.Train(examples, 3, seed: 5).Predict(text));
        Assert.NotEqual(TextClassifier.Train(examples, 3, seed: 5).Predict(text), TextClassifier.Train(examples, 3, seed: 6).Predict(text));
    }

    [Fact]
    public void Learning_one_by_one_comes_close_to_learning_in_batch()
    {
        var model = new TextClassifier(3);
        foreach (var example in Examples(300, seed: 4)) model.Learn(example);
        Assert.Equal(300, model.Seen);
        Assert.True(Examples(90, seed: 5).Count(e => Best(model.Predict(e.Features)) == e.Label) > 85);
    }

    [Fact]
    public void A_rare_label_counts_as_much_as_a_common_one()
    {
        var thanks = TextFeatures.Of("thank you");
        Example[] examples = [.. Enumerable.Range(0, 50).Select(i => new Example(TextFeatures.Of($"where is number {i}"), 0)), new Example(thanks, 1)];
        Assert.Equal(1, Best(TextClassifier.Train(examples, 2).Predict(thanks)));
    }

    [Fact]
    public void A_label_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextClassifier(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextClassifier(2).Learn(new Example(SparseVector.Empty, 2)));
    }

    [Fact]
    public void A_committee_disagrees_where_no_example_speaks()
    {
        var committee = Committee.Train([.. Examples(30, seed: 6)], 3);
        var mean = new double[3];
        var known = committee.Disagreement(TextFeatures.Of("thank you for the lamp"), mean);
        Assert.Equal(1, mean.Sum(), 9);
        Assert.True(committee.Disagreement(TextFeatures.Of("the lamp 7"), mean) > known);
        Assert.True(known >= 0);
    }

    internal static IEnumerable<Example> Examples(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var label = i % 3;
            var thing = Things[random.Next(Things.Length)];
            var text = label switch
            {
                0 => $"where is the {thing} {random.Next(100)}",
                1 => $"thank you for the {thing} {random.Next(100)}",
                _ => $"buy a cheap {thing} {random.Next(100)}",
            };
            yield return new Example(TextFeatures.Of(text), label);
        }
    }

    private static int Best(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());
}
