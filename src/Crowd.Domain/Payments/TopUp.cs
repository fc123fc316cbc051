using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a top-up on its way through the provider. Its money is credited by the requester's own event.</summary>
public abstract record TopUpEvent : DomainEvent
{
    private TopUpEvent() { }

    public required TopUpId TopUp { get; init; }

    public required RequesterId Requester { get; init; }

    public required long AmountMicros { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The provider is about to be asked.</summary>
    public sealed record Started : TopUpEvent
    {
        /// <summary>Where the person goes after paying.</summary>
        public required Uri ReturnTo { get; init; }
    }

    /// <summary>It waits for a person to pay.</summary>
    public sealed record Pending : TopUpEvent
    {
        /// <summary>The provider's id of what is to be paid.</summary>
        public required string Reference { get; init; }

        /// <summary>Where the person pays.</summary>
        public Uri? PayAt { get; init; }
    }

    /// <summary>The money is there.</summary>
    public sealed record Paid : TopUpEvent
    {
        /// <summary>The provider's id of the payment.</summary>
        public required string Payment { get; init; }

        /// <summary>What was waited for; 0 when it had been given up before.</summary>
        public required long AwaitedMicros { get; init; }
    }

    /// <summary>An attempt to pay failed; another may follow.</summary>
    public sealed record Failed : TopUpEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>Given up: nobody paid in time, or the provider refused. Should it be paid all the same, it is credited.</summary>
    public sealed record GivenUp : TopUpEvent
    {
        public required string Reason { get; init; }
    }
}

/// <summary>Where a top-up is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TopUpStatus>))]
public enum TopUpStatus
{
    /// <summary>Nothing is known of it.</summary>
    None,

    /// <summary>The provider is being asked; what it says is not known.</summary>
    Started,

    /// <summary>A person has to pay.</summary>
    Pending,

    /// <summary>The money is there.</summary>
    Paid,

    /// <summary>Given up.</summary>
    GivenUp,
}

/// <summary>A top-up as its events make it.</summary>
public sealed record TopUpState
{
    public TopUpStatus Status { get; init; }

    public TopUpId Id { get; init; }

    public RequesterId Requester { get; init; }

    public Money Amount { get; init; }

    public Uri? ReturnTo { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public Uri? PayAt { get; init; }

    /// <summary>The provider's id of the payment.</summary>
    public string? Payment { get; init; }

    /// <summary>Why it was given up, or the last attempt failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The state after the event.</summary>
    public TopUpState Apply(TopUpEvent e, DateTimeOffset at) => e switch
    {
        TopUpEvent.Started s => this with
        {
            Status = TopUpStatus.Started,
            Id = s.TopUp,
            Requester = s.Requester,
            Amount = new(s.AmountMicros, s.Currency),
            ReturnTo = s.ReturnTo,
            StartedAt = at,
        },
        TopUpEvent.Pending p => this with { Status = TopUpStatus.Pending, PayAt = p.PayAt },
        TopUpEvent.Paid p => this with { Status = TopUpStatus.Paid, Amount = new(p.AmountMicros, p.Currency), Payment = p.Payment, Reason = null },
        TopUpEvent.Failed f => this with { Reason = f.Reason },
        TopUpEvent.GivenUp g => this with { Status = TopUpStatus.GivenUp, Reason = g.Reason },
        _ => throw new InvalidOperationException($"A top-up does not know {e.GetType().Name}."),
    };
}

/// <summary>What may happen to a top-up.</summary>
public static class TopUpDecider
{
    /// <summary>Begins it. The same again changes nothing, with other content it is refused.</summary>
    public static Outcome<TopUpEvent[]> Start(TopUpState state, TopUpId topUp, RequesterId requester, Money amount, Uri returnTo) =>
        state.Status == TopUpStatus.None
            ? new TopUpEvent[] { new TopUpEvent.Started { TopUp = topUp, Requester = requester, AmountMicros = amount.Micros, Currency = amount.Currency, ReturnTo = returnTo } }
        : state.Requester == requester && (state.Amount == amount || state.Status == TopUpStatus.Paid) ? Array.Empty<TopUpEvent>()
        : Reject.With(RejectionCode.IdempotencyConflict, $"{topUp} was used for {state.Amount}: give a new id.");

    /// <summary>What the provider's word means. An unknown outcome changes nothing: it is asked again under the same key.</summary>
    public static TopUpEvent[] Conclude(TopUpState state, PaymentOutcome outcome) => (state.Status, outcome) switch
    {
        (TopUpStatus.Started, PaymentOutcome.Done done) => [Paid(state, done.Reference, state.Amount)],
        (TopUpStatus.Started, PaymentOutcome.Pending pending) =>
            [new TopUpEvent.Pending { TopUp = state.Id, Requester = state.Requester, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reference = pending.Reference, PayAt = pending.PayAt }],
        (TopUpStatus.Started, PaymentOutcome.Refused refused) => [GivenUp(state, refused.Reason)],
        _ => [],
    };

    /// <summary>Takes in that it was paid, in whatever order this is heard. A second time changes nothing.</summary>
    public static TopUpEvent[] Pay(TopUpState state, string payment, Money amount) =>
        state.Status is TopUpStatus.None or TopUpStatus.Paid ? [] : [Paid(state, payment, amount)];

    /// <summary>Notes a failed attempt.</summary>
    public static TopUpEvent[] Fail(TopUpState state, string reason) => state.Status is TopUpStatus.Started or TopUpStatus.Pending && state.Reason != reason
        ? [new TopUpEvent.Failed { TopUp = state.Id, Requester = state.Requester, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reason = reason }]
        : [];

    /// <summary>Gives it up.</summary>
    public static TopUpEvent[] Expire(TopUpState state) =>
        state.Status is TopUpStatus.Started or TopUpStatus.Pending ? [GivenUp(state, state.Reason ?? "Nobody paid in time.")] : [];

    private static TopUpEvent.Paid Paid(TopUpState state, string payment, Money amount) => new()
    {
        TopUp = state.Id,
        Requester = state.Requester,
        AmountMicros = amount.Micros,
        Currency = amount.Currency,
        Payment = payment,
        AwaitedMicros = state.Status == TopUpStatus.GivenUp ? 0 : state.Amount.Micros,
    };

    private static TopUpEvent.GivenUp GivenUp(TopUpState state, string reason) =>
        new() { TopUp = state.Id, Requester = state.Requester, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reason = reason };
}
