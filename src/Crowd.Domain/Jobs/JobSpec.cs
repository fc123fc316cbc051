using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What a requester says of a job.</summary>
public sealed record JobSpec
{
    /// <summary>Most characters of a title.</summary>
    public const int TitleLength = 200;

    /// <summary>Most characters of the instructions.</summary>
    public const int InstructionsLength = 50_000;

    /// <summary>Shown in the marketplace; 3 to <see cref="TitleLength"/> characters.</summary>
    public required string Title { get; init; }

    /// <summary>Shown to workers, Markdown; at most <see cref="InstructionsLength"/> characters.</summary>
    public string Instructions { get; set; } = "";

    /// <summary>Shown to workers beside the instructions; at most <see cref="JobExample.Limit"/>. Null where there are none.</summary>
    public EquatableList<JobExample>? Examples { get; init; }

    /// <summary>What an answer may be.</summary>
    public required LabelSchema Schema { get; init; }

    /// <summary>How answers are bought, checked and paid.</summary>
    public required JobPolicies Policies { get; init; }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency { get; set; } = Currency.Usd;

    /// <summary>How machines take part; set by a command of its own alone and kept when the rest is replaced. Null while they do not.</summary>
    public LoopPolicy? Loop { get; init; }

    /// <summary>What is wrong with the specification; empty when nothing is.</summary>
    public IReadOnlyList<Violation> Check()
    {
        var found = new List<Violation>();
        if (Title.Trim().Length < 3 || Title.Length > TitleLength)
            found.Add(new("title", "length", $"give 3 to {TitleLength} characters."));
        if (Instructions.Length > InstructionsLength)
            found.Add(new("instructions", "length", $"give at most {InstructionsLength} characters."));
        if (Currency.Code is null)
            found.Add(new("currency", "required", "give a currency."));
        var wrongSchema = Schema.Check().Select(v => v with { Path = $"schema.{v.Path}" }).ToArray();
        found.AddRange(wrongSchema);
        if (Examples is not null && wrongSchema.Length == 0)
            found.AddRange(JobExample.Check(Examples, Schema));
        found.AddRange(Policies.Check());
        if (Loop is not null)
            found.AddRange(Loop.Check(Schema).Select(v => v with { Path = $"loop.{v.Path}" }));
        return found;
    }

    /// <summary>What one answer can cost at most: pay and fee, in micros.</summary>
    [JsonIgnore]
    public long CostOfAnswerMicros => checked(Policies.PayMicros + Policies.FeeMicros);

    /// <summary>What so many tasks can cost at most, in micros.</summary>
    public long CostOfTasksMicros(long tasks) => checked(tasks * Policies.Redundancy.MaxAnswers * CostOfAnswerMicros);
}
