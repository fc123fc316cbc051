using System.Text.Json;

namespace Crowd.Domain.Tests.Labels;

public class TaskInputTests
{
    [Theory]
    [InlineData("""{"text":"grün 😀"}""", 7)]
    [InlineData("""{"text":""}""", 0)]
    [InlineData("""{"text":5}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("\"text\"", null)]
    public void The_length_of_the_text_is_in_utf16_units(string json, int? length) => Assert.Equal(length, Read(json).TextLength);

    [Fact]
    public void The_size_of_the_image_is_read()
    {
        var input = Read("""{"width":640,"height":480.5}""");
        Assert.Equal((640.0, 480.5), (input.Width, input.Height));
        Assert.Null(Read("""{"width":"640"}""").Width);
    }

    [Theory]
    [InlineData("""{"items":["a","b"]}""", "a b")]
    [InlineData("""{"items":[{"id":"a","text":"x"},{"id":"b"}]}""", "a b")]
    [InlineData("""{"items":[1,2]}""", "1 2")]
    [InlineData("""{"items":[]}""", "")]
    public void Items_are_texts_or_objects_with_an_id(string json, string ids) => Assert.Equal(ids, string.Join(' ', Read(json).Items!));

    [Fact]
    public void Without_a_list_there_are_no_items() => Assert.Null(Read("""{"items":"a"}""").Items);

    [Theory]
    [InlineData("""{"left":1,"right":2}""", true)]
    [InlineData("""{"left":1}""", false)]
    [InlineData("""{"right":1}""", false)]
    public void A_pair_has_two_sides(string json, bool pair) => Assert.Equal(pair, Read(json).HasPair);

    public static TheoryData<LabelSchema, string, string> Wanted => new()
    {
        { new LabelSchema.Spans { Classes = ["a"] }, """{"text":"x"}""", "" },
        { new LabelSchema.Spans { Classes = ["a"] }, """{"body":"x"}""", "input.text:required" },
        { new LabelSchema.Pairwise(), """{"left":1,"right":2}""", "" },
        { new LabelSchema.Pairwise(), """{"left":1}""", "input:required" },
        { new LabelSchema.Ranking(), """{"items":["a","b"]}""", "" },
        { new LabelSchema.Ranking(), """{}""", "input.items:required" },
        { new LabelSchema.Ranking(), """{"items":["a"]}""", "input.items:count" },
        { new LabelSchema.Ranking(), """{"items":["a","a"]}""", "input.items:distinct" },
        { Some.Animals, "5", "" },
        { new LabelSchema.Boxes { Classes = ["a"] }, """{"url":"x"}""", "" },
    };

    [Theory]
    [MemberData(nameof(Wanted))]
    public void A_schema_wants_these_parts_of_the_input(LabelSchema schema, string json, string broken) =>
        Assert.Equal(broken, string.Join(' ', schema.CheckInput(Read(json)).Select(v => $"{v.Path}:{v.Rule}")));

    [Fact]
    public void Too_many_items_are_refused()
    {
        var ids = Enumerable.Range(0, LabelSchema.Ranking.ItemLimit + 1).Select(n => $"{n}").ToArray();
        Assert.Empty(new LabelSchema.Ranking().CheckInput(new() { Items = ids[1..] }));
        Assert.Equal("count", Assert.Single(new LabelSchema.Ranking().CheckInput(new() { Items = ids })).Rule);
    }

    private static TaskInput Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TaskInput.Of(document.RootElement);
    }
}
