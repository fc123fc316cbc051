using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Payments;

/// <summary>How Stripe's JSON is read: fields that are missing where they must be make a reply unreadable, unknown ones are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StripeErrorBody))]
[JsonSerializable(typeof(CheckoutSession))]
[JsonSerializable(typeof(PaymentIntent))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(StripeAccount))]
[JsonSerializable(typeof(StripeRef))]
[JsonSerializable(typeof(AccountLink))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(TransferReversal))]
[JsonSerializable(typeof(BankPayout))]
[JsonSerializable(typeof(Dispute))]
[JsonSerializable(typeof(StripeEvent))]
[JsonSerializable(typeof(StripeList<Transfer>), TypeInfoPropertyName = "Transfers")]
[JsonSerializable(typeof(StripeList<BankPayout>), TypeInfoPropertyName = "BankPayouts")]
[JsonSerializable(typeof(StripeList<Refund>), TypeInfoPropertyName = "Refunds")]
[JsonSerializable(typeof(StripeList<TransferReversal>), TypeInfoPropertyName = "TransferReversals")]
[JsonSerializable(typeof(StripeList<JsonElement>), TypeInfoPropertyName = "RawObjects")]
[JsonSerializable(typeof(StripeList<BalanceTransaction>), TypeInfoPropertyName = "BalanceTransactions")]
internal sealed partial class StripeJson : JsonSerializerContext;
