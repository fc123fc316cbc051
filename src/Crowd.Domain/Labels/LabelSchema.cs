using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What an answer may be. One of nine kinds; the JSON name of the kind is the property <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SingleChoice), "singleChoice")]
[JsonDerivedType(typeof(MultiChoice), "multiChoice")]
[JsonDerivedType(typeof(Rating), "rating")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(FreeText), "text")]
[JsonDerivedType(typeof(Boxes), "boxes")]
[JsonDerivedType(typeof(Spans), "spans")]
[JsonDerivedType(typeof(Pairwise), "pairwise")]
[JsonDerivedType(typeof(Ranking), "ranking")]
public abstract partial record LabelSchema
{
    /// <summary>Most labels or classes of a schema.</summary>
    public const int MaxLabels = 200;

    /// <summary>Most characters of a label's name.</summary>
    public const int MaxLabelLength = 100;

    private LabelSchema() { }

    /// <summary>What is wrong with the schema itself; empty when nothing is.</summary>
    public abstract IReadOnlyList<Violation> Check();

    /// <summary>Exactly one of the labels.</summary>
    public sealed partial record SingleChoice : LabelSchema
    {
        /// <summary>The labels, 2 to <see cref="MaxLabels"/>, distinct.</summary>
        public required EquatableList<string> Labels { get; init; }
    }

    /// <summary>Any of the labels, between a least and a greatest number of them.</summary>
    public sealed partial record MultiChoice : LabelSchema
    {
        /// <summary>The labels, 1 to <see cref="MaxLabels"/>, distinct.</summary>
        public required EquatableList<string> Labels { get; init; }

        /// <summary>Fewest labels in an answer, 0 or more.</summary>
        public int Least { get; init; }

        /// <summary>Most labels in an answer; null for all.</summary>
        public int? Most { get; init; }
    }

    /// <summary>A whole number on an ordered scale.</summary>
    public sealed partial record Rating : LabelSchema
    {
        /// <summary>Lowest point of the scale.</summary>
        public required int From { get; init; }

        /// <summary>Highest point; at most 100 above the lowest.</summary>
        public required int To { get; init; }

        /// <summary>How many points off the consensus still agrees with it, 0 or more.</summary>
        public int Tolerance { get; init; }
    }

    /// <summary>A number within bounds.</summary>
    public sealed partial record Number : LabelSchema
    {
        /// <summary>Least number; null for no bound.</summary>
        public double? Least { get; init; }

        /// <summary>Greatest number; null for no bound.</summary>
        public double? Most { get; init; }

        /// <summary>True when only whole numbers are answers.</summary>
        public bool Whole { get; init; }

        /// <summary>How far off the consensus still agrees with it, in the number's unit, 0 or more.</summary>
        public double Tolerance { get; init; }

        /// <summary>Unit shown to the worker, for example <c>kg</c>.</summary>
        public string? Unit { get; init; }
    }

    /// <summary>Free text.</summary>
    public sealed partial record FreeText : LabelSchema
    {
        /// <summary>Most characters that can be asked for.</summary>
        public const int LengthLimit = 20_000;

        /// <summary>Fewest characters.</summary>
        public int MinLength { get; set; } = 1;

        /// <summary>Most characters, at most <see cref="LengthLimit"/>.</summary>
        public int MaxLength { get; set; } = 2_000;
    }

    /// <summary>Axis-aligned boxes on an image, each of a class.</summary>
    public sealed partial record Boxes : LabelSchema
    {
        /// <summary>Most boxes that can be asked for.</summary>
        public const int CountLimit = 500;

        /// <summary>The classes, 1 to <see cref="MaxLabels"/>, distinct.</summary>
        public required EquatableList<string> Classes { get; init; }

        /// <summary>Most boxes in an answer, at most <see cref="CountLimit"/>.</summary>
        public int Most { get; set; } = 100;
    }

    /// <summary>Spans of characters in the text of the input, each of a class.</summary>
    public sealed partial record Spans : LabelSchema
    {
        /// <summary>Most spans that can be asked for.</summary>
        public const int CountLimit = 1_000;

        /// <summary>The classes, 1 to <see cref="MaxLabels"/>, distinct.</summary>
        public required EquatableList<string> Classes { get; init; }

        /// <summary>Most spans in an answer, at most <see cref="CountLimit"/>.</summary>
        public int Most { get; set; } = 200;

        /// <summary>Whether spans of one answer may overlap.</summary>
        public bool Overlap { get; init; }
    }

    /// <summary>Which of two is better. The input holds <c>left</c> and <c>right</c>.</summary>
    public sealed partial record Pairwise : LabelSchema
    {
        /// <summary>Whether neither is an answer.</summary>
        public bool Tie { get; init; }
    }

    /// <summary>All items of the input (its array <c>items</c>, each a text or an object with <c>id</c>), best first.</summary>
    public sealed partial record Ranking : LabelSchema
    {
        /// <summary>Most items of an input.</summary>
        public const int ItemLimit = 50;
    }
}
