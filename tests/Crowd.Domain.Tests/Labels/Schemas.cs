namespace Crowd.Domain.Tests.Labels;

/// <summary>One schema of each kind, with an input and answers that fit it.</summary>
internal static class Schemas
{
    public static readonly IReadOnlyList<Sample> All =
    [
        new(Some.Animals, "singleChoice", new(), Some.Cat, Some.Dog),
        new(new LabelSchema.MultiChoice { Labels = ["wet", "cold", "windy", "dark"], Least = 1, Most = 3 }, "multiChoice", new(),
            new Answer.Choices(["wet", "cold"]), new Answer.Choices(["windy"])),
        new(new LabelSchema.Rating { From = 1, To = 5 }, "rating", new(), new Answer.Rated(2), new Answer.Rated(5)),
        new(new LabelSchema.Number { Least = -10, Most = 1_000, Tolerance = 0.5, Unit = "kg" }, "number", new(), new Answer.Numeric(72.5), new Answer.Numeric(-3)),
        new(new LabelSchema.FreeText { MaxLength = 40 }, "text", new(), new Answer.Written("a red house"), new Answer.Written("blue sea")),
        new(new LabelSchema.Boxes { Classes = ["car", "bus"], Most = 3 }, "boxes", new() { Width = 100, Height = 50 },
            new Answer.Boxed([new("bus", 0, 0, 10, 10), new("car", 50.5, 20, 49.5, 30)]), new Answer.Boxed([])),
        new(new LabelSchema.Spans { Classes = ["name", "place"], Most = 3 }, "spans", new() { TextLength = 20 },
            new Answer.Spanned([new("name", 0, 4), new("place", 4, 20)]), new Answer.Spanned([])),
        new(new LabelSchema.Pairwise { Tie = true }, "pairwise", new() { HasPair = true }, new Answer.Preferred(Side.Left), new Answer.Preferred(Side.Tie)),
        new(new LabelSchema.Ranking(), "ranking", new() { Items = ["a", "b", "c"] }, new Answer.Ranked(["b", "a", "c"]), new Answer.Ranked(["c", "b", "a"])),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Count)];
}

/// <summary>A schema of a kind and what fits it.</summary>
internal sealed record Sample(LabelSchema Schema, string Kind, TaskInput Input, Answer One, Answer Other);
