using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A rule: if the condition holds, the action is taken and no further rule is looked at.</summary>
public sealed record RoutingRule
{
    /// <summary>Most characters of an id.</summary>
    public const int IdLength = 60;

    /// <summary>Its id, by which decisions name it; distinct within the policy.</summary>
    public required string Id { get; init; }

    /// <summary>When it matches; null for always.</summary>
    public RoutingCondition? When { get; init; }

    /// <summary>What it does.</summary>
    public required RouteAction Action { get; init; }

    /// <summary>The qualification a worker must have, with <see cref="RouteAction.Expert"/> only.</summary>
    public string? Qualification { get; init; }
}

/// <summary>Who decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RouteAction>))]
public enum RouteAction
{
    /// <summary>The crowd labels.</summary>
    Crowd,

    /// <summary>The machine's label is the decision. Only for approved versions of a model.</summary>
    Accept,

    /// <summary>Workers with a qualification label.</summary>
    Expert,

    /// <summary>It waits for a quality manager.</summary>
    Hold,
}

/// <summary>
/// A condition: exactly one of its parts. A signal that is not known (no confidence was given, no other model predicted) makes it neither true nor false, and a
/// rule matches only what is true: the negation of something unknown is unknown.
/// </summary>
public sealed record RoutingCondition
{
    /// <summary>Most conditions in one rule, nested ones counted.</summary>
    public const int SizeLimit = 100;

    /// <summary>Deepest nesting.</summary>
    public const int DepthLimit = 8;

    /// <summary>All of these hold; always true when there are none.</summary>
    public EquatableList<RoutingCondition>? All { get; init; }

    /// <summary>At least one of these holds.</summary>
    public EquatableList<RoutingCondition>? Any { get; init; }

    /// <summary>This does not hold.</summary>
    public RoutingCondition? Not { get; init; }

    /// <summary>The stated confidence, 0 to 1.</summary>
    public Band? Confidence { get; init; }

    /// <summary>The first class's lead over the second, 0 to 1.</summary>
    public Band? Margin { get; init; }

    /// <summary>The predicted label is one of these.</summary>
    public EquatableList<string>? Label { get; init; }

    /// <summary>The expected cost of giving the predicted label, in micros: for each true label its probability times its cost in the policy.</summary>
    public Band? Cost { get; init; }

    /// <summary>Something in the input or the metadata.</summary>
    public FieldTest? Field { get; init; }

    /// <summary>Share of the other models whose newest prediction disagrees, 0 to 1.</summary>
    public Band? Disagreement { get; init; }

    /// <summary>Share of the input's words that no labelled task of the job has, 0 to 1 (<see cref="Domain.Vocabulary"/>).</summary>
    public Band? Novelty { get; init; }

    /// <summary>A share of all tasks, drawn by a seeded hash of the id.</summary>
    public SampleTest? Sample { get; init; }

    /// <summary>This condition and all within it.</summary>
    public IEnumerable<RoutingCondition> Within() =>
        ((IEnumerable<RoutingCondition?>)[.. All ?? [], .. Any ?? [], Not]).OfType<RoutingCondition>().SelectMany(c => c.Within()).Prepend(this);
}

/// <summary>A range of numbers, open where a bound is missing; at least one bound is given.</summary>
/// <param name="AtLeast">Lowest number that is in it.</param>
/// <param name="Below">Lowest number above it.</param>
public sealed record Band(double? AtLeast, double? Below)
{
    /// <summary>Whether the number is in the range.</summary>
    public bool Holds(double value) => (AtLeast is not { } least || value >= least) && (Below is not { } end || value < end);
}

/// <summary>A test of something in the input or metadata: exactly one of its parts beside the path.</summary>
public sealed record FieldTest
{
    /// <summary>Where: <c>input</c> or <c>metadata</c>, then names and places, as in <c>input.applicant.incomes[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its text is one of these; numbers and truth values as JSON writes them.</summary>
    public EquatableList<string>? OneOf { get; init; }

    /// <summary>It is a number in the range.</summary>
    public Band? Number { get; init; }

    /// <summary>It is there and not null, or it is not.</summary>
    public bool? Exists { get; init; }
}

/// <summary>A share of tasks.</summary>
/// <param name="Rate">0 to 1.</param>
/// <param name="Seed">Another seed draws other tasks.</param>
public sealed record SampleTest(double Rate, long Seed);
