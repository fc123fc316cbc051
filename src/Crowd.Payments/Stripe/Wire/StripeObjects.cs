using System.Text.Json;

namespace Crowd.Payments;

// Objects of the API with the fields that are used; the others are not read. What has no default must be there. Amounts are in Stripe's minor units, times in
// seconds since 1970.

internal sealed record StripeList<T>(IReadOnlyList<T> Data, bool HasMore);

internal sealed record CheckoutSession(
    string Id, string? Status = null, string? PaymentStatus = null, string? Url = null, StripeRef? PaymentIntent = null, long? AmountTotal = null, string? Currency = null,
    IReadOnlyDictionary<string, string>? Metadata = null);

internal sealed record PaymentIntent(
    string Id, string Status, long Amount, long AmountReceived, string Currency, StripeError? LastPaymentError = null, IReadOnlyDictionary<string, string>? Metadata = null);

internal sealed record Refund(
    string Id, string Status, long Amount, string Currency, StripeRef? PaymentIntent = null, string? FailureReason = null, IReadOnlyDictionary<string, string>? Metadata = null);

internal sealed record StripeAccount(
    string Id, bool PayoutsEnabled, bool DetailsSubmitted, AccountCapabilities? Capabilities = null, AccountRequirements? Requirements = null);

internal sealed record AccountCapabilities(string? Transfers = null);

internal sealed record AccountRequirements(IReadOnlyList<string>? CurrentlyDue = null, IReadOnlyList<string>? PastDue = null, string? DisabledReason = null);

internal sealed record AccountLink(string Url);

internal sealed record Transfer(string Id, long Amount, long AmountReversed, string Currency, string? TransferGroup = null);

internal sealed record TransferReversal(string Id, long Amount, string Currency, IReadOnlyDictionary<string, string>? Metadata = null);

internal sealed record BankPayout(string Id, long Amount, string Currency, string Status, string? FailureCode = null, string? FailureMessage = null);

internal sealed record BalanceTransaction(string Id, long Amount, long Fee, string Currency, string Type, long Created, StripeRef? Source = null);

internal sealed record Dispute(string Id, long Amount, string Currency, string Status, string? Reason = null, StripeRef? PaymentIntent = null);

internal sealed record StripeEvent(string Id, string Type, long Created, StripeEventData Data, string? Account = null);

internal sealed record StripeEventData(JsonElement Object);
