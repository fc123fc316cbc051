using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Labels;

/// <summary>What an answer may be: exactly one kind of label.</summary>
/// <param name="SingleChoice">Exactly one of the labels.</param>
/// <param name="MultiChoice">Any of the labels.</param>
/// <param name="Rating">A whole number on an ordered scale.</param>
/// <param name="Number">A number within bounds.</param>
/// <param name="Text">Free text.</param>
/// <param name="Boxes">Boxes on an image.</param>
/// <param name="Spans">Spans of characters in the input's <c>text</c>.</param>
/// <param name="Pairwise">Which of the input's <c>left</c> and <c>right</c> is better.</param>
/// <param name="Ranking">True: the input's <c>items</c>, best first.</param>
[OneOf]
[GraphQLName("LabelSchemaInput")]
public sealed record SchemaInput(
    SingleChoiceInput? SingleChoice, MultiChoiceInput? MultiChoice, RatingInput? Rating, NumberInput? Number, TextInput? Text, BoxesInput? Boxes,
    SpansInput? Spans, PairwiseInput? Pairwise, bool? Ranking)
{
    internal LabelSchema ToDomain() => this switch
    {
        { SingleChoice: { } s } => new LabelSchema.SingleChoice { Labels = new(s.Labels) },
        { MultiChoice: { } s } => new LabelSchema.MultiChoice { Labels = new(s.Labels), Least = s.Least, Most = s.Most },
        { Rating: { } s } => new LabelSchema.Rating { From = s.From, To = s.To, Tolerance = s.Tolerance },
        { Number: { } s } => new LabelSchema.Number { Least = s.Least, Most = s.Most, Whole = s.Whole, Tolerance = s.Tolerance, Unit = s.Unit },
        { Text: { } s } => new LabelSchema.FreeText { MinLength = s.MinLength, MaxLength = s.MaxLength },
        { Boxes: { } s } => new LabelSchema.Boxes { Classes = new(s.Classes), Most = s.Most },
        { Spans: { } s } => new LabelSchema.Spans { Classes = new(s.Classes), Most = s.Most, Overlap = s.Overlap },
        { Pairwise: { } s } => new LabelSchema.Pairwise { Tie = s.Tie },
        { Ranking: true } => new LabelSchema.Ranking(),
        _ => throw Refusals.Invalid("Give the label schema in exactly one field."),
    };
}

/// <summary>Exactly one of the labels.</summary>
public sealed record SingleChoiceInput(IReadOnlyList<string> Labels);

/// <summary>Any of the labels, between a least and a greatest number of them.</summary>
public sealed record MultiChoiceInput(IReadOnlyList<string> Labels, int Least = 0, int? Most = null);

/// <summary>A whole number on an ordered scale; with a tolerance, answers so many points off still agree.</summary>
public sealed record RatingInput(int From, int To, int Tolerance = 0);

/// <summary>A number within bounds; with a tolerance, answers so far off still agree, else those within 5 %.</summary>
public sealed record NumberInput(double? Least = null, double? Most = null, bool Whole = false, double Tolerance = 0, string? Unit = null);

/// <summary>Free text of so many characters.</summary>
public sealed record TextInput(int MinLength = 1, int MaxLength = 2000);

/// <summary>Boxes of these classes.</summary>
public sealed record BoxesInput(IReadOnlyList<string> Classes, int Most = 100);

/// <summary>Spans of these classes.</summary>
public sealed record SpansInput(IReadOnlyList<string> Classes, int Most = 200, bool Overlap = false);

/// <summary>The better one of a pair, or a tie where that is allowed.</summary>
public sealed record PairwiseInput(bool Tie = false);

/// <summary>The kinds of label.</summary>
public enum LabelKind
{
    /// <summary>Exactly one of the labels.</summary>
    SingleChoice,

    /// <summary>Any of the labels.</summary>
    MultiChoice,

    /// <summary>A whole number on an ordered scale.</summary>
    Rating,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>Boxes on an image.</summary>
    Boxes,

    /// <summary>Spans in a text.</summary>
    Spans,

    /// <summary>The better one of a pair.</summary>
    Pairwise,

    /// <summary>Items, best first.</summary>
    Ranking,
}

/// <summary>What an answer may be; fields that the kind does not have are null.</summary>
[GraphQLName("LabelSchema")]
public sealed record SchemaView
{
    public required LabelKind Kind { get; init; }

    /// <summary>Labels of a choice, or classes of boxes and spans.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Lowest point or number, fewest labels or characters.</summary>
    public double? Least { get; init; }

    /// <summary>Highest point or number, most labels, characters, boxes or spans.</summary>
    public double? Most { get; init; }

    /// <summary>Only whole numbers.</summary>
    public bool? Whole { get; init; }

    /// <summary>How far off still agrees.</summary>
    public double? Tolerance { get; init; }

    public string? Unit { get; init; }

    /// <summary>Whether spans may overlap.</summary>
    public bool? Overlap { get; init; }

    /// <summary>Whether a tie is an answer.</summary>
    public bool? Tie { get; init; }

    internal static SchemaView Of(LabelSchema schema) => schema switch
    {
        LabelSchema.SingleChoice s => new() { Kind = LabelKind.SingleChoice, Labels = s.Labels },
        LabelSchema.MultiChoice s => new() { Kind = LabelKind.MultiChoice, Labels = s.Labels, Least = s.Least, Most = s.Most ?? s.Labels.Count },
        LabelSchema.Rating s => new() { Kind = LabelKind.Rating, Least = s.From, Most = s.To, Tolerance = s.Tolerance, Whole = true },
        LabelSchema.Number s => new() { Kind = LabelKind.Number, Least = s.Least, Most = s.Most, Whole = s.Whole, Tolerance = s.Tolerance, Unit = s.Unit },
        LabelSchema.FreeText s => new() { Kind = LabelKind.Text, Least = s.MinLength, Most = s.MaxLength },
        LabelSchema.Boxes s => new() { Kind = LabelKind.Boxes, Labels = s.Classes, Most = s.Most },
        LabelSchema.Spans s => new() { Kind = LabelKind.Spans, Labels = s.Classes, Most = s.Most, Overlap = s.Overlap },
        LabelSchema.Pairwise s => new() { Kind = LabelKind.Pairwise, Tie = s.Tie },
        LabelSchema.Ranking => new() { Kind = LabelKind.Ranking },
        _ => throw new InvalidOperationException($"No view of {schema.GetType().Name}."),
    };
}
