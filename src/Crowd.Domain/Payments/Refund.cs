using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a refund on its way through the provider.</summary>
public abstract record RefundEvent : DomainEvent
{
    private RefundEvent() { }

    public required RefundId Refund { get; init; }

    public required RequesterId Requester { get; init; }

    public required TopUpId TopUp { get; init; }

    public required long AmountMicros { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The provider is about to be asked; from here on the money may have left.</summary>
    public sealed record Started : RefundEvent
    {
        /// <summary>The provider's id of the top-up's payment.</summary>
        public required string Payment { get; init; }
    }

    /// <summary>The provider has taken it.</summary>
    public sealed record Posted : RefundEvent
    {
        /// <summary>The provider's id of the refund.</summary>
        public required string Reference { get; init; }
    }

    /// <summary>The bank has it.</summary>
    public sealed record Confirmed : RefundEvent;

    /// <summary>The provider refused it, or the bank did and the provider has it again.</summary>
    public sealed record Voided : RefundEvent
    {
        public required string Reason { get; init; }

        /// <summary>The provider's id of the refund when it had been taken; null when it never left.</summary>
        public string? Reference { get; init; }
    }
}

/// <summary>Where a refund is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefundStatus>))]
public enum RefundStatus
{
    /// <summary>Nothing is known of it.</summary>
    None,

    /// <summary>Sent or about to be; the outcome is not known.</summary>
    Started,

    /// <summary>The provider has taken it.</summary>
    Posted,

    /// <summary>It has arrived.</summary>
    Confirmed,

    /// <summary>It came to nothing.</summary>
    Voided,
}

/// <summary>A refund as its events make it.</summary>
public sealed record RefundState
{
    public RefundStatus Status { get; init; }

    public RefundId Id { get; init; }

    public RequesterId Requester { get; init; }

    public TopUpId TopUp { get; init; }

    public string Payment { get; init; } = "";

    public Money Amount { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public string? Reference { get; init; }

    /// <summary>The state after the event.</summary>
    public RefundState Apply(RefundEvent e, DateTimeOffset at) => e switch
    {
        RefundEvent.Started s => this with
        {
            Status = RefundStatus.Started,
            Id = s.Refund,
            Requester = s.Requester,
            TopUp = s.TopUp,
            Payment = s.Payment,
            Amount = new(s.AmountMicros, s.Currency),
            StartedAt = at,
        },
        RefundEvent.Posted p => this with { Status = RefundStatus.Posted, Reference = p.Reference },
        RefundEvent.Confirmed => this with { Status = RefundStatus.Confirmed },
        RefundEvent.Voided => this with { Status = RefundStatus.Voided },
        _ => throw new InvalidOperationException($"A refund does not know {e.GetType().Name}."),
    };
}

/// <summary>What may happen to a refund.</summary>
public static class RefundDecider
{
    /// <summary>Begins the refund. A second time changes nothing.</summary>
    public static RefundEvent[] Start(RefundState state, RefundId refund, RequesterId requester, TopUpId topUp, string payment, Money amount) =>
        state.Status == RefundStatus.None
            ? [new RefundEvent.Started { Refund = refund, Requester = requester, TopUp = topUp, Payment = payment, AmountMicros = amount.Micros, Currency = amount.Currency }]
            : [];

    /// <summary>What the provider's word means. An unknown outcome changes nothing: it is asked again under the same key.</summary>
    public static RefundEvent[] Conclude(RefundState state, PaymentOutcome outcome) => (state.Status, outcome) switch
    {
        (RefundStatus.Started, PaymentOutcome.Done done) => [Posted(state, done.Reference)],
        (RefundStatus.Started, PaymentOutcome.Pending pending) => [Posted(state, pending.Reference)], // the platform's balance is less by it already
        (RefundStatus.Started, PaymentOutcome.Refused refused) => [Voided(state, refused.Reason, null)],
        _ => [],
    };

    /// <summary>Takes in that it has arrived.</summary>
    public static RefundEvent[] Confirm(RefundState state, string reference) => state.Status switch
    {
        RefundStatus.Started => [Posted(state, reference), Confirmed(state)],
        RefundStatus.Posted => [Confirmed(state)],
        _ => [],
    };

    /// <summary>Takes in that it came back, which may be said even after it had arrived.</summary>
    public static RefundEvent[] Fail(RefundState state, string reference, string reason) => state.Status switch
    {
        RefundStatus.Started => [Posted(state, reference), Voided(state, reason, reference)],
        RefundStatus.Posted or RefundStatus.Confirmed => [Voided(state, reason, state.Reference)],
        _ => [],
    };

    private static RefundEvent.Posted Posted(RefundState state, string reference) => new()
    {
        Refund = state.Id,
        Requester = state.Requester,
        TopUp = state.TopUp,
        AmountMicros = state.Amount.Micros,
        Currency = state.Amount.Currency,
        Reference = reference,
    };

    private static RefundEvent.Confirmed Confirmed(RefundState state) => new()
    {
        Refund = state.Id,
        Requester = state.Requester,
        TopUp = state.TopUp,
        AmountMicros = state.Amount.Micros,
        Currency = state.Amount.Currency,
    };

    private static RefundEvent.Voided Voided(RefundState state, string reason, string? reference) => new()
    {
        Refund = state.Id,
        Requester = state.Requester,
        TopUp = state.TopUp,
        AmountMicros = state.Amount.Micros,
        Currency = state.Amount.Currency,
        Reason = reason,
        Reference = reference,
    };
}
