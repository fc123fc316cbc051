namespace Crowd.Simulation;

/// <summary>Jobs of different kinds and policies, and answers to them.</summary>
internal static class Kinds
{
    /// <summary>An input that every kind of schema takes.</summary>
    public const string Input = """{"text":"It is so, they say.","left":"a","right":"b","items":["a","b","c"],"width":100,"height":100}""";

    private static readonly LabelSchema[] Schemas =
    [
        new LabelSchema.SingleChoice { Labels = ["yes", "no", "unclear"] },
        new LabelSchema.Rating { From = 1, To = 5 },
        new LabelSchema.MultiChoice { Labels = ["red", "green", "blue"] },
        new LabelSchema.Number { Least = 0, Most = 10, Tolerance = 0.5 },
        new LabelSchema.FreeText(),
        new LabelSchema.Boxes { Classes = ["car"] },
        new LabelSchema.Spans { Classes = ["name"] },
        new LabelSchema.Pairwise { Tie = true },
        new LabelSchema.Ranking(),
    ];

    public static JobSpec Spec(Chance chance)
    {
        var least = 1 + chance.Random.Next(3);
        return new()
        {
            Title = "A job",
            Schema = chance.OneOf(Schemas),
            Policies = new()
            {
                PayMicros = chance.OneOf([0L, 7L, 10_000L, 1_333_333L]),
                PayFor = chance.OneOf([PayFor.Agreeing, PayFor.Agreeing, PayFor.All, PayFor.Reviewed]),
                Redundancy = new() { MinAnswers = least, MaxAnswers = least + chance.Random.Next(3), TargetConfidence = chance.OneOf([0.6, 0.85, 0.99]) },
                LeaseTime = TimeSpan.FromMinutes(chance.OneOf([1, 5, 20])),
                Caps = new() { LeasesPerWorker = 1 + chance.Random.Next(3), AnswersPerWorker = chance.Of(0.3) ? 4 : null },
                Gold = new() { Share = chance.OneOf([0, 0.3]), MinAnswers = 2, Window = 4, OnFailure = chance.OneOf([OnGoldFailure.Exclude, OnGoldFailure.Measure]) },
                Repeats = new() { Share = chance.OneOf([0, 0.2]), Distance = 1 },
                ReviewWindow = TimeSpan.FromMinutes(30),
                WhenUnsettled = chance.OneOf([WhenUnsettled.Decide, WhenUnsettled.Escalate]),
            },
        };
    }

    /// <summary>The right answer, or one of the wrong ones.</summary>
    public static Answer AnswerTo(LabelSchema schema, int wrong) => schema switch
    {
        LabelSchema.SingleChoice s => new Answer.Choice(s.Labels[wrong % s.Labels.Count]),
        LabelSchema.Rating s => new Answer.Rated(s.From + (wrong % (s.To - s.From))),
        LabelSchema.MultiChoice s => new Answer.Choices([s.Labels[wrong % s.Labels.Count]]),
        LabelSchema.Number => new Answer.Numeric(wrong % 10),
        LabelSchema.FreeText => new Answer.Written(wrong == 0 ? "It is so." : new string((char)('a' + (wrong % 20)), 12)),
        LabelSchema.Boxes => new Answer.Boxed([new Box("car", (wrong % 4) * 20, 0, 10, 10)]),
        LabelSchema.Spans => new Answer.Spanned([new Span("name", (wrong % 3) * 4, ((wrong % 3) * 4) + 3)]),
        LabelSchema.Pairwise => new Answer.Preferred((Side)(wrong % 3)),
        _ => new Answer.Ranked(wrong == 0 ? ["a", "b", "c"] : ["c", "b", "a"]),
    };
}
