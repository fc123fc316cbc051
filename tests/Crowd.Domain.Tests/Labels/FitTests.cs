using System.Text.Json;

namespace Crowd.Domain.Tests.Labels;

public class FitTests
{
    private static readonly LabelSchema.MultiChoice Weather = new() { Labels = ["wet", "cold", "windy"], Least = 1, Most = 2 };
    private static readonly LabelSchema.Number Weight = new() { Least = 0, Most = 10 };
    private static readonly LabelSchema.Boxes Cars = new() { Classes = ["car", "bus"], Most = 2 };
    private static readonly LabelSchema.Spans Names = new() { Classes = ["name"], Most = 2 };
    private static readonly TaskInput Picture = new() { Width = 100, Height = 50 };
    private static readonly TaskInput Text = new() { TextLength = 10 };
    private static readonly TaskInput Items = new() { Items = ["a", "b"] };

    public static TheoryData<LabelSchema, Answer, string> Answers => new()
    {
        { Some.Animals, Some.Owl, "" },
        { Some.Animals, new Answer.Choice("Cat"), "choice:label" },
        { Some.Animals, new Answer.Choice(""), "choice:label" },
        { Some.Animals, new Answer.Choice(null!), "choice:required" },

        { Weather, new Answer.Choices(["windy", "wet"]), "" },
        { Weather, new Answer.Choices([]), "choices:count" },
        { Weather, new Answer.Choices(["wet", "cold", "windy"]), "choices:count" },
        { Weather, new Answer.Choices(["wet", "dry"]), "choices[1]:label" },
        { Weather, new Answer.Choices(["wet", "wet"]), "choices[1]:distinct" },
        { Weather, new Answer.Choices(["dry", "wet", "wet"]), "choices:count choices[0]:label choices[2]:distinct" },
        { Weather with { Least = 0 }, new Answer.Choices([]), "" },
        { Weather with { Most = null }, new Answer.Choices(["wet", "cold", "windy"]), "" },
        { Weather, new Answer.Choices(null!), "choices:required" },

        { new LabelSchema.Rating { From = -1, To = 1 }, new Answer.Rated(-1), "" },
        { new LabelSchema.Rating { From = -1, To = 1 }, new Answer.Rated(1), "" },
        { new LabelSchema.Rating { From = -1, To = 1 }, new Answer.Rated(-2), "rating:range" },
        { new LabelSchema.Rating { From = -1, To = 1 }, new Answer.Rated(2), "rating:range" },

        { Weight, new Answer.Numeric(0), "" },
        { Weight, new Answer.Numeric(10), "" },
        { Weight, new Answer.Numeric(2.5), "" },
        { Weight, new Answer.Numeric(-0.001), "number:range" },
        { Weight, new Answer.Numeric(10.001), "number:range" },
        { Weight, new Answer.Numeric(double.NaN), "number:finite" },
        { Weight, new Answer.Numeric(double.PositiveInfinity), "number:finite" },
        { Weight with { Whole = true }, new Answer.Numeric(2.5), "number:whole" },
        { Weight with { Whole = true }, new Answer.Numeric(2), "" },
        { Weight with { Least = null }, new Answer.Numeric(-1e300), "" },
        { Weight with { Least = null }, new Answer.Numeric(11), "number:range" },
        { Weight with { Most = null }, new Answer.Numeric(1e300), "" },
        { Weight with { Most = null }, new Answer.Numeric(-1), "number:range" },

        { new LabelSchema.FreeText { MinLength = 2, MaxLength = 3 }, new Answer.Written("ab"), "" },
        { new LabelSchema.FreeText { MinLength = 2, MaxLength = 3 }, new Answer.Written("abc"), "" },
        { new LabelSchema.FreeText { MinLength = 2, MaxLength = 3 }, new Answer.Written("a"), "text:length" },
        { new LabelSchema.FreeText { MinLength = 2, MaxLength = 3 }, new Answer.Written("abcd"), "text:length" },
        { new LabelSchema.FreeText { MinLength = 0 }, new Answer.Written(""), "" },
        { new LabelSchema.FreeText(), new Answer.Written(null!), "text:required" },

        { Cars, Boxed(new Box("car", 0, 0, 100, 50)), "" },
        { Cars, Boxed(), "" },
        { Cars, Boxed(new("car", 0, 0, 1, 1), new("bus", 0, 0, 1, 1), new("bus", 5, 5, 1, 1)), "boxes:count" },
        { Cars, Boxed(new("bus", 0, 0, 1, 1), new("tram", 0, 0, 1, 1)), "boxes[1].class:label" },
        { Cars, Boxed(new Box(null!, 0, 0, 1, 1)), "boxes[0].class:label" },
        { Cars, Boxed(new Box("car", -1, 0, 1, 1)), "boxes[0]:position" },
        { Cars, Boxed(new Box("car", 0, -0.5, 1, 1)), "boxes[0]:position" },
        { Cars, Boxed(new Box("car", double.NaN, 0, 1, 1)), "boxes[0]:position" },
        { Cars, Boxed(new Box("car", 0, 0, 0, 1)), "boxes[0].width:positive" },
        { Cars, Boxed(new Box("car", 0, 0, -1, 1)), "boxes[0].width:positive" },
        { Cars, Boxed(new Box("car", 0, 0, double.NaN, 1)), "boxes[0].width:positive" },
        { Cars, Boxed(new Box("car", 0, 0, 1, 0)), "boxes[0].height:positive" },
        { Cars, Boxed(new Box("car", 0, 0, 1, double.PositiveInfinity)), "boxes[0].height:positive boxes[0]:inside" },
        { Cars, Boxed(new Box("car", 99.5, 0, 1, 1)), "boxes[0]:inside" },
        { Cars, Boxed(new Box("car", 0, 49.5, 1, 1)), "boxes[0]:inside" },
        { Cars, new Answer.Boxed(null!), "boxes:required" },

        { Names, Spanned(new Span("name", 0, 10)), "" },
        { Names, Spanned(), "" },
        { Names, Spanned(new("name", 0, 2), new("name", 2, 3)), "" },
        { Names, Spanned(new("name", 0, 1), new("name", 1, 2), new("name", 2, 3)), "spans:count" },
        { Names, Spanned(new Span("place", 0, 1)), "spans[0].class:label" },
        { Names, Spanned(new Span("name", -1, 1)), "spans[0]:order" },
        { Names, Spanned(new Span("name", 3, 3)), "spans[0]:order" },
        { Names, Spanned(new Span("name", 4, 3)), "spans[0]:order" },
        { Names, Spanned(new Span("name", 9, 11)), "spans[0].end:inside" },
        { Names, Spanned(new("name", 5, 9), new("name", 0, 6)), "spans:overlap" },
        { Names with { Overlap = true }, Spanned(new("name", 5, 9), new("name", 0, 6)), "" },
        { Names, new Answer.Spanned(null!), "spans:required" },

        { new LabelSchema.Pairwise(), new Answer.Preferred(Side.Left), "" },
        { new LabelSchema.Pairwise(), new Answer.Preferred(Side.Right), "" },
        { new LabelSchema.Pairwise(), new Answer.Preferred(Side.Tie), "preferred:tie" },
        { new LabelSchema.Pairwise { Tie = true }, new Answer.Preferred(Side.Tie), "" },
        { new LabelSchema.Pairwise { Tie = true }, new Answer.Preferred((Side)7), "preferred:tie" },

        { new LabelSchema.Ranking(), new Answer.Ranked(["b", "a"]), "" },
        { new LabelSchema.Ranking(), new Answer.Ranked(["a"]), "ranking:items" },
        { new LabelSchema.Ranking(), new Answer.Ranked(["a", "c"]), "ranking:items" },
        { new LabelSchema.Ranking(), new Answer.Ranked(["a", "b", "c"]), "ranking:items" },
        { new LabelSchema.Ranking(), new Answer.Ranked(["a", "a"]), "ranking:distinct ranking:items" },
        { new LabelSchema.Ranking(), new Answer.Ranked(null!), "ranking:required" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_breaks_exactly_these_rules(LabelSchema schema, Answer answer, string broken) => Assert.Equal(broken, Broken(schema, answer, InputOf(schema)));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Normalising_never_fails_and_twice_is_once(LabelSchema schema, Answer answer, string broken)
    {
        var once = schema.Normalise(answer);
        Assert.Equal(once, schema.Normalise(once));
        if (broken.Length == 0)
            Assert.Equal("", Broken(schema, once, InputOf(schema)));
    }

    [Fact]
    public void Of_an_unknown_input_only_the_rules_that_need_none_are_checked()
    {
        Assert.Equal("", Broken(Cars, Boxed(new Box("car", 5_000, 5_000, 1, 1)), TaskInput.Unknown));
        Assert.Equal("", Broken(Names, Spanned(new Span("name", 5_000, 5_001)), TaskInput.Unknown));
        Assert.Equal("", Broken(new LabelSchema.Ranking(), new Answer.Ranked(["z"]), TaskInput.Unknown));
        Assert.Equal("ranking:distinct", Broken(new LabelSchema.Ranking(), new Answer.Ranked(["z", "z"]), TaskInput.Unknown));
    }

    [Theory]
    [InlineData("""{"kind":"choice"}""", "choice:required")]
    [InlineData("""{"kind":"choices","labels":null}""", "choices:required")]
    [InlineData("""{"kind":"text"}""", "text:required")]
    [InlineData("""{"kind":"boxes"}""", "boxes:required")]
    [InlineData("""{"kind":"spans"}""", "spans:required")]
    [InlineData("""{"kind":"ranking"}""", "ranking:required")]
    public void Json_that_leaves_the_answer_out_does_not_fit(string json, string broken)
    {
        var answer = JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!;
        var sample = Schemas.All.Single(s => s.One.GetType() == answer.GetType());
        Assert.Equal(broken, Broken(sample.Schema, answer, sample.Input));
    }

    [Theory]
    [InlineData("""{"kind":"poem","text":"x"}""")]
    [InlineData("""{"kind":"choices","labels":[null]}""")]
    [InlineData("""{"kind":"choices","labels":"wet"}""")]
    [InlineData("""{"kind":"boxes","boxes":[null]}""")]
    [InlineData("""{"kind":"rating","value":2.5}""")]
    [InlineData("""{"kind":"preferred","side":"up"}""")]
    public void Json_that_is_no_answer_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, DomainJson.Default.Answer));

    private static string Broken(LabelSchema schema, Answer answer, TaskInput input) => string.Join(' ', schema.Fit(answer, input).Select(v => $"{v.Path}:{v.Rule}"));

    private static TaskInput InputOf(LabelSchema schema) => schema switch
    {
        LabelSchema.Boxes => Picture,
        LabelSchema.Spans => Text,
        LabelSchema.Ranking => Items,
        _ => TaskInput.Unknown,
    };

    private static Answer.Boxed Boxed(params Box[] boxes) => new(new(boxes));

    private static Answer.Spanned Spanned(params Span[] spans) => new(new(spans));
}
