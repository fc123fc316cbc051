namespace Crowd.Domain;

/// <summary>What a model version said of a task.</summary>
public sealed record Prediction
{
    /// <summary>Most characters of a model's name and of a version.</summary>
    public const int NameLength = 100;

    /// <summary>Most characters of a rationale.</summary>
    public const int RationaleLength = 2_000;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>The label, of the job's kind.</summary>
    public required Answer Label { get; init; }

    /// <summary>How sure the model says it is of the label, 0 to 1; null when it does not say. Need not be calibrated.</summary>
    public double? Confidence { get; init; }

    /// <summary>Scores of the classes where labels form a finite set, adding up to 1; null when the model gave none. Classes that are left out have 0.</summary>
    public EquatableList<ClassScore>? Scores { get; init; }

    /// <summary>Why, in the model's words.</summary>
    public string? Rationale { get; init; }

    /// <summary>What is wrong with the prediction; empty when nothing is.</summary>
    public IReadOnlyList<Violation> Check(LabelSchema schema, TaskInput input)
    {
        var found = new List<Violation>();
        if (Model is not { Length: >= 1 and <= NameLength })
            found.Add(new("model", "length", $"give a name of 1 to {NameLength} characters."));
        if (Version is not { Length: >= 1 and <= NameLength })
            found.Add(new("version", "length", $"give a version of 1 to {NameLength} characters."));
        if (Rationale?.Length > RationaleLength)
            found.Add(new("rationale", "length", $"give at most {RationaleLength} characters."));
        if (Confidence is not (null or (>= 0 and <= 1)))
            found.Add(new("confidence", "range", "give 0 to 1."));
        found.AddRange(schema.Fit(Label, input).Select(v => v with { Path = v.Path.Length == 0 ? "label" : $"label.{v.Path}" }));
        found.AddRange(CheckScores(schema));
        return found;
    }

    /// <summary>The prediction in the one form in which equal ones are equal. The confidence is that of the scores when it is not given.</summary>
    public Prediction Normalise(LabelSchema schema)
    {
        var scores = Scores is { Count: > 0 } given ? given.OrderBy(s => s.Class, StringComparer.Ordinal).ToArray() : null;
        return this with
        {
            Label = schema.Normalise(Label),
            Scores = scores is null ? null : new(scores),
            Confidence = Confidence ?? (scores is null ? null : Math.Clamp(scores.FirstOrDefault(s => s.Class == ClassName(Label))?.Score ?? 0, 0, 1)),
        };
    }

    /// <summary>How far the first class is above the second, 0 to 1: from the scores, else from the confidence in two classes; null when neither is known.</summary>
    public double? Margin(LabelSchema schema)
    {
        if (Scores is { Count: > 0 } scores)
        {
            var ordered = scores.Select(s => s.Score).OrderDescending().ToArray();
            return ordered[0] - (ordered.Length > 1 ? ordered[1] : 0);
        }

        return Confidence is { } sure && Encode.Categories(schema) == 2 ? Math.Max(0, (2 * sure) - 1) : null;
    }

    /// <summary>The probability of the class as the model sees it: from the scores, else the confidence, its rest spread over the other classes.</summary>
    public double? Probability(LabelSchema schema, int category)
    {
        if (Encode.Categories(schema) is not { } categories)
            return null;
        if (Scores is { Count: > 0 } scores)
            return scores.FirstOrDefault(s => s.Class == ClassName(Encode.Answer(schema, category)))?.Score ?? 0;
        return Confidence is not { } sure ? null : Encode.Category(schema, Label) == category ? sure : (1 - sure) / Math.Max(1, categories - 1);
    }

    /// <summary>The name of a class, as scores and rules call it: a label, a point of a scale, a side; null for an answer that is no class.</summary>
    public static string? ClassName(Answer answer) => answer switch
    {
        Answer.Choice a => a.Label,
        Answer.Rated a => a.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Answer.Preferred a => a.Side switch { Side.Left => "left", Side.Right => "right", _ => "tie" },
        _ => null,
    };

    /// <summary>Names of all classes of the schema; empty where labels form no finite set.</summary>
    public static IEnumerable<string> ClassNames(LabelSchema schema) =>
        Enumerable.Range(0, Encode.Categories(schema) ?? 0).Select(i => ClassName(Encode.Answer(schema, i))!);

    private IEnumerable<Violation> CheckScores(LabelSchema schema)
    {
        if (Scores is not { Count: > 0 } scores)
            yield break;
        var classes = ClassNames(schema).ToHashSet(StringComparer.Ordinal);
        if (classes.Count == 0)
        {
            yield return new("scores", "kind", "this job's labels form no finite set: give a confidence instead.");
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in scores)
        {
            if (!classes.Contains(name))
                yield return new($"scores.{name}", "known", "there is no such label.");
            else if (!seen.Add(name))
                yield return new($"scores.{name}", "distinct", "this stands twice.");
            else if (value is not (>= 0 and <= 1))
                yield return new($"scores.{name}", "range", "give 0 to 1.");
        }

        if (Math.Abs(scores.Sum(s => s.Score) - 1) > 0.02)
            yield return new("scores", "sum", "give scores that add up to 1.");
    }
}

/// <summary>The score of a class, 0 to 1.</summary>
public sealed record ClassScore(string Class, double Score);

/// <summary>A prediction on a task.</summary>
public sealed record TaskPrediction(TaskId Task, Prediction Prediction);
