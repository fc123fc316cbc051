using System.Text.Json;

namespace Crowd.Payments;

// Objects of the API with the fields that are used; the others are not read. Amounts are in Stripe's minor units, times in seconds since 1970.

internal sealed record StripeList<T>(IReadOnlyList<T> Data, bool HasMore);

internal sealed record CheckoutSession(string Id, string? Status, string? PaymentStatus, string? Url, StripeRef? PaymentIntent, string? ClientReferenceId,
    long? AmountTotal, string? Currency, long ExpiresAt, IReadOnlyDictionary<string, string>? Metadata);

internal sealed record PaymentIntent(string Id, string Status, long Amount, long AmountReceived, string Currency, StripeRef? LatestCharge,
    StripeError? LastPaymentError, IReadOnlyDictionary<string, string>? Metadata);

internal sealed record Refund(string Id, string? Status, long Amount, string Currency, StripeRef? PaymentIntent, string? FailureReason,
    IReadOnlyDictionary<string, string>? Metadata);

internal sealed record StripeAccount(string Id, bool PayoutsEnabled, bool DetailsSubmitted, string? DefaultCurrency, AccountCapabilities? Capabilities,
    AccountRequirements? Requirements, IReadOnlyDictionary<string, string>? Metadata);

internal sealed record AccountCapabilities(string? Transfers);

internal sealed record AccountRequirements(IReadOnlyList<string>? CurrentlyDue, IReadOnlyList<string>? PastDue, string? DisabledReason);

internal sealed record AccountLink(string Url, long ExpiresAt);

internal sealed record Transfer(string Id, long Amount, long AmountReversed, string Currency, StripeRef? Destination, string? TransferGroup, bool Reversed,
    IReadOnlyDictionary<string, string>? Metadata);

internal sealed record TransferReversal(string Id, long Amount, string Currency, StripeRef Transfer, IReadOnlyDictionary<string, string>? Metadata);

internal sealed record BankPayout(string Id, long Amount, string Currency, string Status, string? FailureCode, string? FailureMessage);

internal sealed record BalanceTransaction(string Id, long Amount, long Fee, long Net, string Currency, string Type, StripeRef? Source, long Created);

internal sealed record Dispute(string Id, long Amount, string Currency, string Status, string? Reason, StripeRef? PaymentIntent, StripeRef? Charge,
    IReadOnlyDictionary<string, string>? Metadata);

internal sealed record StripeEvent(string Id, string Type, long Created, string? Account, bool Livemode, StripeEventData Data);

internal sealed record StripeEventData(JsonElement Object);
