using System.Collections.Immutable;
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

        /// <summary>The worker's account at the provider; null with one that needs none.</summary>
        public string? Payee { get; init; }
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

    /// <summary>A bank did not take it: the provider is about to be asked to take it back from the worker's account.</summary>
    public sealed record RecallStarted : PayoutEvent
    {
        public required string Reason { get; init; }

        /// <summary>The provider's id of the bank payout that failed.</summary>
        public required string BankPayout { get; init; }
    }

    /// <summary>The provider would not take it back: it stays on the worker's account there.</summary>
    public sealed record RecallRefused : PayoutEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>Money of it came back from the worker's account and is the worker's here again.</summary>
    public sealed record Returned : PayoutEvent
    {
        /// <summary>What came back this time.</summary>
        public required long AmountMicros { get; init; }

        /// <summary>Whether all of it has come back now.</summary>
        public required bool Whole { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>The provider's id of the transfer.</summary>
        public required string Reference { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>It was voided, and was found to have left all the same: what the worker got twice is owed.</summary>
    public sealed record FoundPaid : PayoutEvent
    {
        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>The provider's id of the transfer.</summary>
        public required string Reference { get; init; }

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

    /// <summary>Paid, though some of it may have come back since.</summary>
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

    public string? Payee { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public string? Reference { get; init; }

    /// <summary>What has come back.</summary>
    public long ReturnedMicros { get; init; }

    /// <summary>Why it is being taken back; null when it is not.</summary>
    public string? Recall { get; init; }

    public DateTimeOffset RecalledAt { get; init; }

    /// <summary>Bank payouts that failed with it in them.</summary>
    public ImmutableHashSet<string> FailedAtBank { get; set; } = [];

    /// <summary>What has not come back.</summary>
    [JsonIgnore]
    public Money Rest => new(Amount.Micros - ReturnedMicros, Amount.Currency);

    /// <summary>The state after the event.</summary>
    public PayoutState Apply(PayoutEvent e, DateTimeOffset at) => e switch
    {
        PayoutEvent.Started s => this with { Status = PayoutStatus.Started, Worker = s.Worker, Amount = new(s.AmountMicros, s.Currency), Payee = s.Payee, StartedAt = at },
        PayoutEvent.Posted p => this with { Status = PayoutStatus.Posted, Reference = p.Reference },
        PayoutEvent.Voided => this with { Status = PayoutStatus.Voided },
        PayoutEvent.RecallStarted r => this with { Recall = r.Reason, RecalledAt = at, FailedAtBank = FailedAtBank.Add(r.BankPayout) },
        PayoutEvent.RecallRefused => this with { Recall = null },
        PayoutEvent.Returned r => this with { ReturnedMicros = ReturnedMicros + r.AmountMicros, Recall = r.Whole ? null : Recall },
        PayoutEvent.FoundPaid f => this with { Status = PayoutStatus.Posted, Reference = f.Reference },
        _ => throw new InvalidOperationException($"A payout does not know {e.GetType().Name}."),
    };
}
