using System.Text.Json;

namespace Crowd.Domain;

/// <summary>What workers are shown beside the instructions: a task, its right answer, and why that is right.</summary>
public sealed record JobExample
{
    /// <summary>Most examples of a job.</summary>
    public const int Limit = 10;

    /// <summary>Most characters of all examples' inputs together; every listing carries them.</summary>
    public const int InputCharacters = 64 * 1024;

    /// <summary>Most characters of a reason.</summary>
    public const int WhyLength = 2_000;

    /// <summary>What is shown, as the input of a task.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The right answer.</summary>
    public required Answer Answer { get; init; }

    /// <summary>Why it is right; may be empty.</summary>
    public string Why { get; set; } = "";

    /// <summary>Equal by what the JSON says, not by where it was read from.</summary>
    public bool Equals(JobExample? other) => other is not null && Why == other.Why && Answer == other.Answer && JsonElement.DeepEquals(Input, other.Input);

    public override int GetHashCode() => HashCode.Combine(Why, Answer);

    /// <summary>What is wrong with the examples of a job.</summary>
    internal static IEnumerable<Violation> Check(IReadOnlyList<JobExample> examples, LabelSchema schema)
    {
        if (examples.Count > Limit)
            yield return new("examples", "count", $"give at most {Limit} examples, not {examples.Count}.");
        if (examples.Sum(e => (long)e.Input.GetRawText().Length) > InputCharacters)
            yield return new("examples", "size", $"the inputs together may have {InputCharacters} characters; let images stand at addresses of their own.");
        for (var i = 0; i < Math.Min(examples.Count, Limit); i++)
        {
            if (examples[i].Why.Length > WhyLength)
                yield return new($"examples[{i}].why", "length", $"give at most {WhyLength} characters.");
            var input = TaskInput.Of(examples[i].Input);
            foreach (var violation in schema.CheckInput(input).Concat(schema.Fit(examples[i].Answer, input)))
                yield return violation with { Path = $"examples[{i}].{violation.Path}" };
        }
    }
}
