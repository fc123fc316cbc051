using Crowd.Consensus.Spans;
using NumericBox = Crowd.Consensus.Boxes.Box;

namespace Crowd.Domain;

/// <summary>Answers as the numbers that the consensus library takes, and back.</summary>
public static class Encode
{
    /// <summary>How many categories the schema has; null for a schema without a finite set of labels.</summary>
    public static int? Categories(LabelSchema schema) => schema switch
    {
        LabelSchema.SingleChoice s => s.Labels.Count,
        LabelSchema.Rating s => s.To - s.From + 1,
        LabelSchema.Pairwise s => s.Tie ? 3 : 2,
        _ => null,
    };

    /// <summary>The category of an answer to a schema with a finite set of labels.</summary>
    public static int Category(LabelSchema schema, Answer answer) => (schema, answer) switch
    {
        (LabelSchema.SingleChoice s, Answer.Choice a) => s.Labels.Span.IndexOf(a.Label),
        (LabelSchema.Rating s, Answer.Rated a) => a.Value - s.From,
        (LabelSchema.Pairwise, Answer.Preferred a) => (int)a.Side,
        _ => throw new ArgumentException($"{answer.GetType().Name} is not a category of {schema.GetType().Name}."),
    };

    /// <summary>The answer that a category stands for.</summary>
    public static Answer Answer(LabelSchema schema, int category) => schema switch
    {
        LabelSchema.SingleChoice s => new Answer.Choice(s.Labels[category]),
        LabelSchema.Rating s => new Answer.Rated(s.From + category),
        LabelSchema.Pairwise => new Answer.Preferred((Side)category),
        _ => throw new ArgumentException($"{schema.GetType().Name} has no categories."),
    };

    /// <summary>The places of the labels of a set in the schema, ascending.</summary>
    public static int[] Labels(LabelSchema.MultiChoice schema, Answer.Choices answer) => [.. answer.Labels.Select(l => schema.Labels.Span.IndexOf(l)).Order()];

    internal static NumericBox[] Boxes(LabelSchema.Boxes schema, Answer.Boxed answer) =>
        [.. answer.Boxes.Select(b => new NumericBox(b.X, b.Y, b.X + b.Width, b.Y + b.Height, schema.Classes.Span.IndexOf(b.Class)))];

    internal static TextSpan[] Spans(LabelSchema.Spans schema, Answer.Spanned answer) =>
        [.. answer.Spans.Select(s => new TextSpan(s.Start, s.End, schema.Classes.Span.IndexOf(s.Class)))];

    internal static (int[] Left, int[] Right) Ranks(Answer.Ranked left, Answer.Ranked right)
    {
        var items = left.Order.Concat(right.Order).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return (Ranks(left, items), Ranks(right, items));
    }

    internal static int[] Ranks(Answer.Ranked answer, List<string> items) => [.. answer.Order.Select(i => items.IndexOf(i))];
}
