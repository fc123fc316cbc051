using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What a worker says of a task; one case for each kind of schema. The JSON name of the kind is the property <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Choice), "choice")]
[JsonDerivedType(typeof(Choices), "choices")]
[JsonDerivedType(typeof(Rated), "rating")]
[JsonDerivedType(typeof(Numeric), "number")]
[JsonDerivedType(typeof(Written), "text")]
[JsonDerivedType(typeof(Boxed), "boxes")]
[JsonDerivedType(typeof(Spanned), "spans")]
[JsonDerivedType(typeof(Preferred), "preferred")]
[JsonDerivedType(typeof(Ranked), "ranking")]
public abstract record Answer
{
    private Answer() { }

    /// <summary>One label.</summary>
    public sealed record Choice(string Label) : Answer;

    /// <summary>Several labels, in the order of the schema.</summary>
    public sealed record Choices(EquatableList<string> Labels) : Answer;

    /// <summary>A point of the scale.</summary>
    public sealed record Rated(int Value) : Answer;

    /// <summary>A number.</summary>
    public sealed record Numeric(double Value) : Answer;

    /// <summary>A text.</summary>
    public sealed record Written(string Text) : Answer;

    /// <summary>Boxes; none is an answer too.</summary>
    public sealed record Boxed(EquatableList<Box> Boxes) : Answer;

    /// <summary>Spans; none is an answer too.</summary>
    public sealed record Spanned(EquatableList<Span> Spans) : Answer;

    /// <summary>The better one of a pair, or a tie.</summary>
    public sealed record Preferred(Side Side) : Answer;

    /// <summary>Item ids, best first.</summary>
    public sealed record Ranked(EquatableList<string> Order) : Answer;
}

/// <summary>A box of a class: left, top, width and height in pixels of the image.</summary>
public sealed record Box(string Class, double X, double Y, double Width, double Height);

/// <summary>A span of a class: first character and the one behind the last, in UTF-16 units of the input's text.</summary>
public sealed record Span(string Class, int Start, int End);

/// <summary>A side of a pair.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    /// <summary>The left one.</summary>
    [JsonStringEnumMemberName("left")]
    Left,

    /// <summary>The right one.</summary>
    [JsonStringEnumMemberName("right")]
    Right,

    /// <summary>Neither.</summary>
    [JsonStringEnumMemberName("tie")]
    Tie,
}
