using Crowd.Consensus.Learning;

namespace Crowd.Consensus.Tests.Learning;

public class RepresentativesTests
{
    private static readonly string[] Kinds = ["my parcel is late again", "what does the ticket cost", "you have won a prize"];

    [Fact]
    public void One_of_each_kind_comes_first_the_largest_kind_before_the_others()
    {
        // Three kinds of 20, 10 and 5, and texts like nothing else, which stand for nobody.
        var texts = new List<string>();
        for (var i = 0; i < 20; i++) texts.Add($"{Kinds[0]} {i}");
        for (var i = 0; i < 10; i++) texts.Add($"{Kinds[1]} {i}");
        for (var i = 0; i < 5; i++) texts.Add($"{Kinds[2]} {i}");
        for (var i = 0; i < 5; i++) texts.Add(new string((char)('q' + i), 9));

        var chosen = Representatives.Take([.. texts.Select(TextFeatures.Of)], 4);
        Assert.Equal([0, 1, 2], chosen.Take(3).Select(i => Array.FindIndex(Kinds, texts[i].StartsWith)));
    }

    [Fact]
    public void Each_is_chosen_once_and_all_when_there_are_fewer_and_the_same_again()
    {
        SparseVector[] items = [.. Enumerable.Range(0, 12).Select(i => TextFeatures.Of($"text {i % 4} about {i}"))];
        var all = Representatives.Take(items, 50);
        Assert.Equal(Enumerable.Range(0, 12), all.Order());
        Assert.Equal(all, Representatives.Take(items, 50));
        Assert.Empty(Representatives.Take([], 5));
        Assert.Equal([0], Representatives.Take([SparseVector.Empty], 5));
    }

    [Fact]
    public void Of_very_many_a_sample_is_looked_at()
    {
        SparseVector[] items = [.. Enumerable.Range(0, Representatives.MostItems + 200).Select(i => new SparseVector([i % 50], [1]))];
        var chosen = Representatives.Take(items, 50);
        Assert.Equal(50, chosen.Select(i => i % 50).Distinct().Count());
    }
}
