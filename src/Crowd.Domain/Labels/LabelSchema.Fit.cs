namespace Crowd.Domain;

public abstract partial record LabelSchema
{
    /// <summary>Which rules the answer breaks, and where; empty when it fits.</summary>
    public IReadOnlyList<Violation> Fit(Answer answer, TaskInput input) => (this, answer) switch
    {
        _ when Lacking(answer) is { } part => [new(part, "required", "this is missing.")],
        (SingleChoice s, Answer.Choice a) => [.. Known(a.Label, s.Labels, "choice")],
        (MultiChoice s, Answer.Choices a) => [.. FitChoices(s, a)],
        (Rating s, Answer.Rated a) => [.. Wanted(a.Value >= s.From && a.Value <= s.To, "rating", "range", $"give a whole number from {s.From} to {s.To}.")],
        (Number s, Answer.Numeric a) => [.. FitNumber(s, a.Value)],
        (FreeText s, Answer.Written a) => [.. Wanted(a.Text.Length >= s.MinLength && a.Text.Length <= s.MaxLength, "text", "length", $"write {s.MinLength} to {s.MaxLength} characters, not {a.Text.Length}.")],
        (Boxes s, Answer.Boxed a) => [.. FitBoxes(s, a, input)],
        (Spans s, Answer.Spanned a) => [.. FitSpans(s, a, input)],
        (Pairwise s, Answer.Preferred a) => [.. Wanted(Enum.IsDefined(a.Side) && (s.Tie || a.Side != Side.Tie), "preferred", "tie", "choose left or right: ties are not allowed.")],
        (Ranking, Answer.Ranked a) => [.. FitRanking(a, input)],
        _ => [new("", "kind", $"this job wants {Wants}.")],
    };

    /// <summary>The answer in the one form in which equal answers are equal: sets in the order of the schema, boxes and spans sorted.</summary>
    public Answer Normalise(Answer answer) => (this, answer) switch
    {
        _ when Lacking(answer) is not null => answer,
        (MultiChoice s, Answer.Choices a) => new Answer.Choices(new(s.Labels.Where(label => a.Labels.Contains(label, StringComparer.Ordinal)))),
        (_, Answer.Boxed a) => new Answer.Boxed(new(a.Boxes.OrderBy(b => b.Class, StringComparer.Ordinal).ThenBy(b => b.X).ThenBy(b => b.Y).ThenBy(b => b.Width).ThenBy(b => b.Height))),
        (_, Answer.Spanned a) => new Answer.Spanned(new(a.Spans.OrderBy(s => s.Start).ThenBy(s => s.End).ThenBy(s => s.Class, StringComparer.Ordinal))),
        _ => answer,
    };

    /// <summary>What JSON left out of an answer, if anything.</summary>
    private static string? Lacking(Answer answer) => answer switch
    {
        Answer.Choice { Label: null } => "choice",
        Answer.Choices { Labels: null } => "choices",
        Answer.Written { Text: null } => "text",
        Answer.Boxed { Boxes: null } => "boxes",
        Answer.Spanned { Spans: null } => "spans",
        Answer.Ranked { Order: null } => "ranking",
        _ => null,
    };

    private string Wants => this switch
    {
        SingleChoice => "one label ('choice')",
        MultiChoice => "labels ('choices')",
        Rating => "a point of the scale ('rating')",
        Number => "a number ('number')",
        FreeText => "a text ('text')",
        Boxes => "boxes ('boxes')",
        Spans => "spans ('spans')",
        Pairwise => "a side ('preferred')",
        _ => "a ranking ('ranking')",
    };

    private static IEnumerable<Violation> Known(string? label, EquatableList<string> labels, string path) =>
        Wanted(label is not null && labels.Contains(label, StringComparer.Ordinal), path, "label", $"'{label}' is not one of {string.Join(", ", labels)}.");

    private static IEnumerable<Violation> FitChoices(MultiChoice schema, Answer.Choices answer)
    {
        var most = schema.Most ?? schema.Labels.Count;
        if (answer.Labels.Count < schema.Least || answer.Labels.Count > most)
            yield return new("choices", "count", $"choose {schema.Least} to {most} labels, not {answer.Labels.Count}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < answer.Labels.Count; i++)
        {
            foreach (var violation in Known(answer.Labels[i], schema.Labels, $"choices[{i}]"))
                yield return violation;
            if (!seen.Add(answer.Labels[i]))
                yield return new($"choices[{i}]", "distinct", $"'{answer.Labels[i]}' stands twice.");
        }
    }

    private static IEnumerable<Violation> FitNumber(Number schema, double value)
    {
        if (!double.IsFinite(value))
            yield return new("number", "finite", "give a finite number.");
        else if (value < schema.Least || value > schema.Most)
            yield return new("number", "range", $"give a number {(schema.Least is { } l ? $"from {l} " : "")}{(schema.Most is { } m ? $"to {m}" : "")}".TrimEnd() + ".");
        else if (schema.Whole && value != Math.Floor(value))
            yield return new("number", "whole", "give a whole number.");
    }

    private static IEnumerable<Violation> FitBoxes(Boxes schema, Answer.Boxed answer, TaskInput input)
    {
        if (answer.Boxes.Count > schema.Most)
            yield return new("boxes", "count", $"draw at most {schema.Most} boxes, not {answer.Boxes.Count}.");
        for (var i = 0; i < answer.Boxes.Count; i++)
        {
            var box = answer.Boxes[i];
            foreach (var violation in Known(box.Class, schema.Classes, $"boxes[{i}].class"))
                yield return violation;
            if (!(double.IsFinite(box.X) && double.IsFinite(box.Y) && box.X >= 0 && box.Y >= 0))
                yield return new($"boxes[{i}]", "position", "x and y are pixels from the left and the top, 0 or more.");
            if (!(box.Width > 0 && double.IsFinite(box.Width)))
                yield return new($"boxes[{i}].width", "positive", "give a width above 0.");
            if (!(box.Height > 0 && double.IsFinite(box.Height)))
                yield return new($"boxes[{i}].height", "positive", "give a height above 0.");
            if (box.X + box.Width > input.Width || box.Y + box.Height > input.Height)
                yield return new($"boxes[{i}]", "inside", $"the box leaves the image of {input.Width} x {input.Height} pixels.");
        }
    }

    private static IEnumerable<Violation> FitSpans(Spans schema, Answer.Spanned answer, TaskInput input)
    {
        if (answer.Spans.Count > schema.Most)
            yield return new("spans", "count", $"mark at most {schema.Most} spans, not {answer.Spans.Count}.");
        for (var i = 0; i < answer.Spans.Count; i++)
        {
            var span = answer.Spans[i];
            foreach (var violation in Known(span.Class, schema.Classes, $"spans[{i}].class"))
                yield return violation;
            if (span.Start < 0 || span.End <= span.Start)
                yield return new($"spans[{i}]", "order", "give a start of 0 or more and an end above it.");
            if (span.End > input.TextLength)
                yield return new($"spans[{i}].end", "inside", $"the text has {input.TextLength} characters.");
        }

        if (schema.Overlap)
            yield break;
        var sorted = answer.Spans.OrderBy(s => s.Start).ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Start < sorted[i - 1].End)
                yield return new("spans", "overlap", $"the spans from {sorted[i - 1].Start} and from {sorted[i].Start} overlap.");
        }
    }

    private static IEnumerable<Violation> FitRanking(Answer.Ranked answer, TaskInput input)
    {
        if (answer.Order.Distinct(StringComparer.Ordinal).Count() != answer.Order.Count)
            yield return new("ranking", "distinct", "an item stands twice.");
        if (input.Items is { } items && (items.Count != answer.Order.Count || !items.ToHashSet(StringComparer.Ordinal).SetEquals(answer.Order)))
            yield return new("ranking", "items", $"rank each of {string.Join(", ", items)} once.");
    }
}
