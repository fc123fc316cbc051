using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Labels;

/// <summary>An answer as it is given: exactly the one field of the job's kind of label.</summary>
/// <param name="Choice">A label of a single choice.</param>
/// <param name="Choices">Labels of a multi choice.</param>
/// <param name="Rating">A point of a scale.</param>
/// <param name="Number">A number.</param>
/// <param name="Text">A text.</param>
/// <param name="Boxes">Boxes on an image; none is an answer too.</param>
/// <param name="Spans">Spans in a text; none is an answer too.</param>
/// <param name="Preferred">The better one of a pair.</param>
/// <param name="Ranking">Item ids, best first.</param>
[OneOf]
[GraphQLName("AnswerInput")]
public sealed record AnswerInput(
    string? Choice, IReadOnlyList<string>? Choices, int? Rating, double? Number, string? Text, IReadOnlyList<BoxInput>? Boxes,
    IReadOnlyList<SpanInput>? Spans, Side? Preferred, IReadOnlyList<string>? Ranking)
{
    internal Answer ToDomain() => this switch
    {
        { Choice: { } label } => new Answer.Choice(label),
        { Choices: { } labels } => new Answer.Choices(new(labels)),
        { Rating: { } value } => new Answer.Rated(value),
        { Number: { } value } => new Answer.Numeric(value),
        { Text: { } text } => new Answer.Written(text),
        { Boxes: { } boxes } => new Answer.Boxed(new(boxes.Select(b => new Box(b.Class, b.X, b.Y, b.Width, b.Height)))),
        { Spans: { } spans } => new Answer.Spanned(new(spans.Select(s => new Span(s.Class, s.Start, s.End)))),
        { Preferred: { } side } => new Answer.Preferred(side),
        { Ranking: { } order } => new Answer.Ranked(new(order)),
        _ => throw Refusals.Invalid("Give an answer in exactly one field."),
    };
}

/// <summary>A box in pixels of the image.</summary>
[GraphQLName("BoxInput")]
public sealed record BoxInput(string Class, double X, double Y, double Width, double Height);

/// <summary>A span: first character and the one behind the last, in UTF-16 units of the text.</summary>
[GraphQLName("SpanInput")]
public sealed record SpanInput(string Class, int Start, int End);

/// <summary>An answer or a label: only the field of its kind is set.</summary>
[GraphQLName("Answer")]
public sealed record AnswerView
{
    /// <summary>A label of a single choice.</summary>
    public string? Choice { get; init; }

    /// <summary>Labels of a multi choice.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>A point of a scale.</summary>
    public int? Rating { get; init; }

    /// <summary>A number.</summary>
    public double? Number { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>Boxes on an image.</summary>
    public IReadOnlyList<Box>? Boxes { get; init; }

    /// <summary>Spans in a text.</summary>
    public IReadOnlyList<Span>? Spans { get; init; }

    /// <summary>The better one of a pair.</summary>
    public Side? Preferred { get; init; }

    /// <summary>Item ids, best first.</summary>
    public IReadOnlyList<string>? Ranking { get; init; }

    internal static AnswerView? Of(string? json) => json is null ? null : Of(JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!);

    internal static AnswerView Of(Answer answer) => answer switch
    {
        Answer.Choice a => new() { Choice = a.Label },
        Answer.Choices a => new() { Choices = a.Labels },
        Answer.Rated a => new() { Rating = a.Value },
        Answer.Numeric a => new() { Number = a.Value },
        Answer.Written a => new() { Text = a.Text },
        Answer.Boxed a => new() { Boxes = a.Boxes },
        Answer.Spanned a => new() { Spans = a.Spans },
        Answer.Preferred a => new() { Preferred = a.Side },
        Answer.Ranked a => new() { Ranking = a.Order },
        _ => throw new InvalidOperationException($"No view of {answer.GetType().Name}."),
    };
}
