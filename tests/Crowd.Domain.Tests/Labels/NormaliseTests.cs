using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Labels;

public class NormaliseTests
{
    private static readonly LabelSchema.MultiChoice Weather = new() { Labels = ["wet", "cold", "windy", "dark"] };
    private static readonly LabelSchema.Boxes Cars = new() { Classes = ["car", "bus"] };
    private static readonly LabelSchema.Spans Names = new() { Classes = ["name", "place"], Overlap = true };

    [Fact]
    public void Labels_take_the_order_of_the_schema() => Property.Holds(Gen.Shuffle(Weather.Labels.ToArray()), shuffled =>
        Assert.Equal(new Answer.Choices(Weather.Labels), Weather.Normalise(new Answer.Choices(new(shuffled)))));

    [Fact]
    public void Boxes_are_sorted_whatever_their_order()
    {
        Box[] boxes = [new("car", 1, 1, 1, 1), new("bus", 9, 9, 1, 1), new("car", 1, 1, 1, 2), new("car", 1, 0, 5, 5), new("car", 0, 3, 1, 1)];
        var expected = new Answer.Boxed([boxes[1], boxes[4], boxes[3], boxes[0], boxes[2]]);
        Property.Holds(Gen.Shuffle(boxes), shuffled => Assert.Equal(expected, Cars.Normalise(new Answer.Boxed(new(shuffled)))));
    }

    [Fact]
    public void Spans_are_sorted_whatever_their_order()
    {
        Span[] spans = [new("place", 0, 2), new("name", 0, 3), new("name", 0, 2), new("name", 4, 5)];
        var expected = new Answer.Spanned([spans[2], spans[0], spans[1], spans[3]]);
        Property.Holds(Gen.Shuffle(spans), shuffled => Assert.Equal(expected, Names.Normalise(new Answer.Spanned(new(shuffled)))));
    }

    [Fact]
    public void A_ranking_keeps_its_order() =>
        Assert.Equal(new Answer.Ranked(["b", "a"]), new LabelSchema.Ranking().Normalise(new Answer.Ranked(["b", "a"])));

    [Fact]
    public void A_text_stays_as_it_was_written() =>
        Assert.Equal(new Answer.Written(" A  b "), new LabelSchema.FreeText().Normalise(new Answer.Written(" A  b ")));

    [Fact]
    public void Lists_with_equal_items_are_equal()
    {
        EquatableList<string> left = ["a", "b"];
        EquatableList<string> right = new(["a", "b"]);
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, ["b", "a"]);
        Assert.False(left.Equals(null));
    }
}
