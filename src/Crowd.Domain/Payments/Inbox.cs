using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What happens to an event of the provider's that we were told of.</summary>
public abstract record InboxEvent : DomainEvent
{
    private InboxEvent() { }

    /// <summary>It came; the message itself stands beside the log, for it may hold personal data.</summary>
    public sealed record Received : InboxEvent
    {
        /// <summary>The provider's name.</summary>
        public required string Provider { get; init; }

        /// <summary>What it says.</summary>
        public required ProviderEvent Event { get; init; }

        /// <summary>SHA-256 of the message in lower case hexadecimal.</summary>
        public required string BodyHash { get; init; }

        /// <summary>True when it was fetched, false when it was sent to us.</summary>
        public required bool Fetched { get; init; }
    }

    /// <summary>What follows from it has been done.</summary>
    public sealed record Processed : InboxEvent
    {
        /// <summary>The provider's id of the event.</summary>
        public required string EventId { get; init; }

        /// <summary>What came of it, for people.</summary>
        public required string Result { get; init; }
    }
}

/// <summary>An event of the provider's as we know it.</summary>
public sealed record InboxState
{
    /// <summary>Null as long as it has not come.</summary>
    public ProviderEvent? Event { get; init; }

    public bool Processed { get; init; }

    [JsonIgnore]
    public bool Waiting => Event is not null && !Processed;

    /// <summary>The state after the event.</summary>
    public InboxState Apply(InboxEvent e) => e switch
    {
        InboxEvent.Received r => this with { Event = r.Event },
        InboxEvent.Processed => this with { Processed = true },
        _ => throw new InvalidOperationException($"The inbox does not know {e.GetType().Name}."),
    };
}

/// <summary>A line of the provider's books, as it was fetched.</summary>
public sealed record MovementSeen : DomainEvent
{
    /// <summary>The provider's id of the line.</summary>
    public required string Id { get; init; }

    /// <summary>When, by the provider's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required MovementKind Kind { get; init; }

    /// <summary>Positive when it came in, before the fee.</summary>
    public required long AmountMicros { get; init; }

    /// <summary>What the provider kept of it.</summary>
    public required long FeeMicros { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The provider's id of what it is for.</summary>
    public string? Source { get; init; }
}

/// <summary>Whether a line of the provider's books was seen.</summary>
public sealed record MovementState
{
    public bool Seen { get; init; }
}
