using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A line of the provider's own books: something that moved on the platform's balance there.</summary>
/// <param name="Id">The provider's id of the line.</param>
/// <param name="At">When, by the provider's clock.</param>
/// <param name="Kind">Why.</param>
/// <param name="Amount">Positive when it came in, before the provider's fee.</param>
/// <param name="Fee">What the provider kept of it (positive) or gave back (negative), in the currency of the amount.</param>
/// <param name="Source">
/// What it is for, by the provider's id: the payment of a top-up (as in <see cref="ProviderEvent.TopUpPaid.Payment"/>), the refund, the dispute, the transfer (of
/// a reversal the transfer that was reversed); null for what has none.
/// </param>
public sealed record ProviderMovement(string Id, DateTimeOffset At, MovementKind Kind, Money Amount, Money Fee, string? Source);

/// <summary>Why money moved on the platform's balance at the provider.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MovementKind>))]
public enum MovementKind
{
    /// <summary>A top-up was paid.</summary>
    Payment,

    /// <summary>A refund left.</summary>
    Refund,

    /// <summary>A refund came back.</summary>
    RefundFailed,

    /// <summary>Disputed money was taken.</summary>
    Dispute,

    /// <summary>Disputed money came back.</summary>
    DisputeReversed,

    /// <summary>A payout went to a worker's account.</summary>
    Transfer,

    /// <summary>It came back from there, whole or in part.</summary>
    TransferReversed,

    /// <summary>A fee of the provider's that belongs to no other movement.</summary>
    Fee,

    /// <summary>The platform's own: what it earned, taken out to its bank, or money put in.</summary>
    Platform,

    /// <summary>Anything else.</summary>
    Other,
}
