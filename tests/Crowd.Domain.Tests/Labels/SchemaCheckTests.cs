namespace Crowd.Domain.Tests.Labels;

public class SchemaCheckTests
{
    private static readonly EquatableList<string> TooMany = new(Enumerable.Range(0, LabelSchema.MaxLabels + 1).Select(n => $"label {n}"));
    private static readonly EquatableList<string> AsManyAsAllowed = new(TooMany.Take(LabelSchema.MaxLabels));
    private static readonly string Longest = new('x', LabelSchema.MaxLabelLength);

    public static TheoryData<LabelSchema, string> Wrong => new()
    {
        { Single("one"), "labels:count" },
        { Single(), "labels:count" },
        { new LabelSchema.SingleChoice { Labels = TooMany }, "labels:count" },
        { Single("a", " "), "labels[1]:length" },
        { Single("", "b"), "labels[0]:length" },
        { Single("a", Longest + "x"), "labels[1]:length" },
        { Single("a", "b", "a"), "labels[2]:distinct" },
        { Single("", "b", "b"), "labels[0]:length labels[2]:distinct" },
        { Multi(0, null), "labels:count" },
        { Multi(-1, null, "a"), "least:range" },
        { Multi(2, null, "a"), "least:range" },
        { Multi(0, 0, "a", "b"), "most:range" },
        { Multi(2, 1, "a", "b"), "most:range" },
        { Multi(0, 3, "a", "b"), "most:range" },
        { Scale(5, 5), "to:range" },
        { Scale(5, 4), "to:range tolerance:range" },
        { Scale(0, 101), "to:range" },
        { Scale(int.MinValue, int.MaxValue), "to:range" },
        { Scale(1, 5, -1), "tolerance:range" },
        { Scale(1, 5, 5), "tolerance:range" },
        { new LabelSchema.Number { Least = double.NaN }, "least:finite" },
        { new LabelSchema.Number { Most = double.PositiveInfinity }, "most:finite" },
        { new LabelSchema.Number { Least = 2, Most = 2 }, "most:range" },
        { new LabelSchema.Number { Least = 3, Most = 2 }, "most:range" },
        { new LabelSchema.Number { Tolerance = -0.1 }, "tolerance:range" },
        { new LabelSchema.Number { Tolerance = double.NaN }, "tolerance:range" },
        { new LabelSchema.Number { Unit = Longest + "x" }, "unit:length" },
        { new LabelSchema.FreeText { MinLength = -1 }, "minLength:range" },
        { new LabelSchema.FreeText { MinLength = 5, MaxLength = 4 }, "maxLength:range" },
        { new LabelSchema.FreeText { MinLength = 0, MaxLength = 0 }, "maxLength:range" },
        { new LabelSchema.FreeText { MaxLength = LabelSchema.FreeText.LengthLimit + 1 }, "maxLength:range" },
        { new LabelSchema.Boxes { Classes = [] }, "classes:count" },
        { new LabelSchema.Boxes { Classes = ["a", "a"] }, "classes[1]:distinct" },
        { new LabelSchema.Boxes { Classes = ["a"], Most = 0 }, "most:range" },
        { new LabelSchema.Boxes { Classes = ["a"], Most = LabelSchema.Boxes.CountLimit + 1 }, "most:range" },
        { new LabelSchema.Spans { Classes = [] }, "classes:count" },
        { new LabelSchema.Spans { Classes = ["a", ""] }, "classes[1]:length" },
        { new LabelSchema.Spans { Classes = ["a"], Most = 0 }, "most:range" },
        { new LabelSchema.Spans { Classes = ["a"], Most = LabelSchema.Spans.CountLimit + 1 }, "most:range" },
    };

    public static TheoryData<LabelSchema> Right => new()
    {
        Single("a", "b"),
        Single("a", "A"),
        Single("a", Longest),
        new LabelSchema.SingleChoice { Labels = AsManyAsAllowed },
        Multi(0, null, "only"),
        Multi(1, 1, "only"),
        Multi(2, 2, "a", "b"),
        Scale(0, 1),
        Scale(-50, 50),
        Scale(int.MaxValue - 100, int.MaxValue),
        Scale(1, 5, 4),
        new LabelSchema.Number(),
        new LabelSchema.Number { Least = 0, Most = 0.1, Tolerance = 0.01, Unit = "m" },
        new LabelSchema.FreeText(),
        new LabelSchema.FreeText { MinLength = 0, MaxLength = 1 },
        new LabelSchema.FreeText { MinLength = LabelSchema.FreeText.LengthLimit, MaxLength = LabelSchema.FreeText.LengthLimit },
        new LabelSchema.Boxes { Classes = ["a"], Most = LabelSchema.Boxes.CountLimit },
        new LabelSchema.Spans { Classes = ["a"], Most = LabelSchema.Spans.CountLimit, Overlap = true },
        new LabelSchema.Pairwise(),
        new LabelSchema.Ranking(),
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_schema_that_breaks_rules_is_told_which_and_where(LabelSchema schema, string broken)
    {
        Assert.Equal(broken, string.Join(' ', schema.Check().Select(v => $"{v.Path}:{v.Rule}")));
        Assert.All(schema.Check(), v => Assert.EndsWith(".", v.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void A_schema_within_the_limits_is_accepted(LabelSchema schema) => Assert.Empty(schema.Check());

    [Fact]
    public void A_job_names_the_schema_in_the_path()
    {
        var violation = Assert.Single(Some.Spec(schema: Single("one")).Check());
        Assert.Equal("schema.labels", violation.Path);
    }

    private static LabelSchema.SingleChoice Single(params string[] labels) => new() { Labels = new(labels) };

    private static LabelSchema.MultiChoice Multi(int least, int? most, params string[] labels) => new() { Labels = new(labels), Least = least, Most = most };

    private static LabelSchema.Rating Scale(int from, int to, int tolerance = 0) => new() { From = from, To = to, Tolerance = tolerance };
}
