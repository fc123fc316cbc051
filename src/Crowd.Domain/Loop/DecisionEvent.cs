using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a decision that a program asked for. Its stream is the decision's id.</summary>
public abstract record DecisionEvent : DomainEvent
{
    private DecisionEvent() { }

    public required JobId Job { get; init; }

    /// <summary>A program asked.</summary>
    public sealed record Requested : DecisionEvent
    {
        public required DecisionId Decision { get; init; }

        /// <summary>The caller's key.</summary>
        public required string Key { get; init; }

        /// <summary>Hash of the request, to tell a repetition from a conflict.</summary>
        public required string ContentHash { get; init; }

        /// <summary>Key of the input in the table of inputs.</summary>
        public required string InputHash { get; init; }

        public required Prediction Prediction { get; init; }

        /// <summary>What the rules said, and why.</summary>
        public required Routing Routing { get; init; }
    }

    /// <summary>The machine's label is the decision, unless a person stops it before it is released.</summary>
    public sealed record Accepted : DecisionEvent
    {
        public required Answer Label { get; init; }

        /// <summary>Until when a person may stop it; null when it is released at once.</summary>
        public DateTimeOffset? VetoUntil { get; init; }

        /// <summary>Whether people label it as well, to measure the machine.</summary>
        public required bool InAudit { get; init; }
    }

    /// <summary>It waits for people.</summary>
    public sealed record Held : DecisionEvent
    {
        /// <summary>Whom it waits for; never <see cref="RouteAction.Accept"/>.</summary>
        public required RouteAction For { get; init; }

        /// <summary>When the fallback applies.</summary>
        public required DateTimeOffset Due { get; init; }

        public required GateFallback Fallback { get; init; }
    }

    /// <summary>A person stopped the machine's decision.</summary>
    public sealed record Vetoed : DecisionEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>Nobody decided in time.</summary>
    public sealed record FallbackApplied : DecisionEvent
    {
        public required GateFallback Fallback { get; init; }
    }

    /// <summary>The decision went out: the one and only time.</summary>
    public sealed record Released : DecisionEvent
    {
        public required Answer Label { get; init; }

        public required ReleasedBy By { get; init; }

        /// <summary>Whether a time was running that ends with it: a veto window or a service level.</summary>
        public required bool Waited { get; init; }

        /// <summary>The model's confidence, or the posterior of the consensus; 1 for a person.</summary>
        public double? Confidence { get; init; }

        /// <summary>What the person gave as the reason.</summary>
        public string? Reason { get; init; }
    }

    /// <summary>What people said of a decision in the audit sample; what was released stands.</summary>
    public sealed record Audited : DecisionEvent
    {
        public required Answer Label { get; init; }

        public required bool Agrees { get; init; }
    }
}

/// <summary>Who released a decision.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReleasedBy>))]
public enum ReleasedBy
{
    /// <summary>The machine, by a rule that accepts.</summary>
    Machine,

    /// <summary>A person, by name.</summary>
    Person,

    /// <summary>The crowd or experts, by their consensus.</summary>
    Consensus,
}
