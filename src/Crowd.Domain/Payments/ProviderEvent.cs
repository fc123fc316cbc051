using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>
/// What a payment provider says has happened. Such events come late, twice, in any order, or not at all until they are asked for. They hold ids and
/// amounts, no personal data.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TopUpPaid), "topUpPaid")]
[JsonDerivedType(typeof(TopUpFailed), "topUpFailed")]
[JsonDerivedType(typeof(TopUpExpired), "topUpExpired")]
[JsonDerivedType(typeof(Refunded), "refunded")]
[JsonDerivedType(typeof(RefundFailed), "refundFailed")]
[JsonDerivedType(typeof(DisputeOpened), "disputeOpened")]
[JsonDerivedType(typeof(DisputeWon), "disputeWon")]
[JsonDerivedType(typeof(DisputeLost), "disputeLost")]
[JsonDerivedType(typeof(PayeeChanged), "payeeChanged")]
[JsonDerivedType(typeof(PayoutReversed), "payoutReversed")]
[JsonDerivedType(typeof(PayoutFailed), "payoutFailed")]
[JsonDerivedType(typeof(Other), "other")]
public abstract record ProviderEvent
{
    private ProviderEvent() { }

    /// <summary>The provider's id of the event: 1 to 200 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's name for the kind of event, for example <c>payout.failed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, by the provider's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The money of a top-up is there. Holds whatever was said before.</summary>
    public sealed record TopUpPaid : ProviderEvent
    {
        public required TopUpId TopUp { get; init; }

        public required RequesterId Requester { get; init; }

        /// <summary>The reference of the payment, which refunds and disputes name.</summary>
        public required string Payment { get; init; }

        /// <summary>What was paid.</summary>
        public required Money Amount { get; init; }
    }

    /// <summary>An attempt to pay failed; the person may try again as long as the top-up has not expired.</summary>
    public sealed record TopUpFailed : ProviderEvent
    {
        public required TopUpId TopUp { get; init; }

        public required RequesterId Requester { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>Nobody has paid in time.</summary>
    public sealed record TopUpExpired : ProviderEvent
    {
        public required TopUpId TopUp { get; init; }

        public required RequesterId Requester { get; init; }
    }

    /// <summary>The money of a refund has left for good.</summary>
    public sealed record Refunded : ProviderEvent
    {
        /// <summary>Ours; null for a refund made at the provider by hand.</summary>
        public RefundId? Refund { get; init; }

        /// <summary>The reference of the top-up's payment.</summary>
        public required string Payment { get; init; }

        /// <summary>The provider's id of the refund.</summary>
        public required string Reference { get; init; }

        public required Money Amount { get; init; }
    }

    /// <summary>The money of a refund did not leave, or came back.</summary>
    public sealed record RefundFailed : ProviderEvent
    {
        /// <summary>Ours; null for a refund made at the provider by hand.</summary>
        public RefundId? Refund { get; init; }

        /// <summary>The reference of the top-up's payment.</summary>
        public required string Payment { get; init; }

        /// <summary>The provider's id of the refund.</summary>
        public required string Reference { get; init; }

        public required Money Amount { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>The one who paid wants the money back; the provider has taken it from the platform until it is settled.</summary>
    public sealed record DisputeOpened : ProviderEvent
    {
        /// <summary>The provider's id of the dispute.</summary>
        public required string Dispute { get; init; }

        /// <summary>The reference of the disputed payment.</summary>
        public required string Payment { get; init; }

        public required Money Amount { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>The platform has the disputed money again.</summary>
    public sealed record DisputeWon : ProviderEvent
    {
        public required string Dispute { get; init; }

        public required string Payment { get; init; }

        public required Money Amount { get; init; }
    }

    /// <summary>The disputed money is gone.</summary>
    public sealed record DisputeLost : ProviderEvent
    {
        public required string Dispute { get; init; }

        public required string Payment { get; init; }

        public required Money Amount { get; init; }
    }

    /// <summary>Something about a worker's account changed: what, the account itself is asked.</summary>
    public sealed record PayeeChanged : ProviderEvent
    {
        public required string Payee { get; init; }
    }

    /// <summary>Money of a payout came back from the worker's account.</summary>
    public sealed record PayoutReversed : ProviderEvent
    {
        public required PayoutId Payout { get; init; }

        /// <summary>The reference of the transfer.</summary>
        public required string Transfer { get; init; }

        /// <summary>All that has come back of it up to this event.</summary>
        public required Money AmountSoFar { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>A bank did not take money from a worker's account: it lies on the account again.</summary>
    public sealed record PayoutFailed : ProviderEvent
    {
        public required string Payee { get; init; }

        /// <summary>The provider's id of the bank payout, in which several of ours may be.</summary>
        public required string BankPayout { get; init; }

        public required Money Amount { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>Nothing that the marketplace follows.</summary>
    public sealed record Other : ProviderEvent;
}

/// <summary>An event and the message it was read from.</summary>
/// <param name="Event">What it says.</param>
/// <param name="Body">The message, byte for byte; it may hold personal data.</param>
public sealed record ReceivedEvent(ProviderEvent Event, ReadOnlyMemory<byte> Body);

/// <summary>What became of reading a message.</summary>
public abstract record EventReading
{
    private EventReading() { }

    /// <summary>It is the provider's, and new enough.</summary>
    public sealed record Verified(ProviderEvent Event) : EventReading;

    /// <summary>It is not taken.</summary>
    public sealed record Refused(EventRefusal Code, string Message) : EventReading;
}

/// <summary>Why a message is not taken.</summary>
public enum EventRefusal
{
    /// <summary>There was no signature.</summary>
    SignatureMissing,

    /// <summary>No known secret makes this signature of this body.</summary>
    SignatureInvalid,

    /// <summary>It was signed too long ago, or ahead of time.</summary>
    TooOld,

    /// <summary>It is signed but cannot be read.</summary>
    Malformed,

    /// <summary>This provider sends no messages.</summary>
    NotExpected,
}
