using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a payout.</summary>
public abstract record PayoutEvent : DomainEvent
{
    private PayoutEvent() { }

    public required PayoutId Payout { get; init; }

    public required WorkerId Worker { get; init; }

    /// <summary>The provider is about to be asked; from here on the money may have left.</summary>
    public sealed record Started : PayoutEvent
    {
        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>The provider has taken it.</summary>
    public sealed record Posted : PayoutEvent
    {
        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>The provider's id of the transfer.</summary>
        public required string Reference { get; init; }
    }

    /// <summary>The provider has refused it for good; the money goes back to the worker.</summary>
    public sealed record Voided : PayoutEvent
    {
        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        public required string Reason { get; init; }
    }
}

/// <summary>Where a payout is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PayoutStatus>))]
public enum PayoutStatus
{
    /// <summary>Nothing is known of it.</summary>
    None,

    /// <summary>Sent or about to be; the outcome is not known.</summary>
    Started,

    /// <summary>Paid.</summary>
    Posted,

    /// <summary>Refused.</summary>
    Voided,
}

/// <summary>A payout as its events make it.</summary>
public sealed record PayoutState
{
    public PayoutStatus Status { get; init; }

    public WorkerId Worker { get; init; }

    public Money Amount { get; init; }

    public string? Reference { get; init; }

    /// <summary>The state after the event.</summary>
    public PayoutState Apply(PayoutEvent e) => e switch
    {
        PayoutEvent.Started s => this with { Status = PayoutStatus.Started, Worker = s.Worker, Amount = new(s.AmountMicros, s.Currency) },
        PayoutEvent.Posted p => this with { Status = PayoutStatus.Posted, Reference = p.Reference },
        PayoutEvent.Voided => this with { Status = PayoutStatus.Voided },
        _ => throw new InvalidOperationException($"A payout does not know {e.GetType().Name}."),
    };
}

/// <summary>What may happen to a payout.</summary>
public static class PayoutDecider
{
    /// <summary>Begins the payout. A second time changes nothing.</summary>
    public static PayoutEvent[] Start(PayoutState state, PayoutId payout, WorkerId worker, Money amount) =>
        state.Status == PayoutStatus.None
            ? [new PayoutEvent.Started { Payout = payout, Worker = worker, AmountMicros = amount.Micros, Currency = amount.Currency }]
            : [];

    /// <summary>What the provider's word means. An unknown outcome changes nothing: the same payout is sent again under the same key.</summary>
    public static PayoutEvent[] Conclude(PayoutState state, PayoutId payout, PaymentOutcome outcome) => (state.Status, outcome) switch
    {
        (PayoutStatus.Started, PaymentOutcome.Done done) =>
            [new PayoutEvent.Posted { Payout = payout, Worker = state.Worker, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reference = done.Reference }],
        (PayoutStatus.Started, PaymentOutcome.Refused refused) =>
            [new PayoutEvent.Voided { Payout = payout, Worker = state.Worker, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reason = refused.Reason }],
        _ => [],
    };
}
