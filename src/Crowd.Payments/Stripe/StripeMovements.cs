using Crowd.Domain;

namespace Crowd.Payments;

/// <summary>Balance transactions as lines of the provider's books (https://docs.stripe.com/reports/balance-transaction-types).</summary>
internal static class StripeMovements
{
    /// <summary>Reads a line; the source of a payment is its payment intent if that was expanded.</summary>
    /// <exception cref="FormatException">The currency is not known.</exception>
    public static ProviderMovement Read(BalanceTransaction line)
    {
        var (kind, source) = Meaning(line);
        return new(
            line.Id, DateTimeOffset.FromUnixTimeSeconds(line.Created), kind, StripeAmounts.Read(line.Amount, line.Currency), StripeAmounts.Read(line.Fee, line.Currency), source);
    }

    private static (MovementKind Kind, string? Source) Meaning(BalanceTransaction line) => line.Type switch
    {
        "charge" or "payment" => (MovementKind.Payment, line.Source?.IdIn("payment_intent") ?? line.Source?.Id),
        "refund" or "payment_refund" => (MovementKind.Refund, line.Source?.Id),
        "refund_failure" or "payment_failure_refund" => (MovementKind.RefundFailed, line.Source?.Id),
        "adjustment" when line.Source?.TextIn("object") == "dispute" => (line.Amount < 0 ? MovementKind.Dispute : MovementKind.DisputeReversed, line.Source?.Id),
        "transfer" => (MovementKind.Transfer, line.Source?.Id),
        "transfer_refund" or "transfer_cancel" or "transfer_failure" => (MovementKind.TransferReversed, line.Source?.IdIn("transfer") ?? line.Source?.Id),
        "stripe_fee" or "stripe_fx_fee" or "tax_fee" => (MovementKind.Fee, line.Source?.Id),
        "payout" or "payout_cancel" or "payout_failure" or "topup" or "topup_reversal" => (MovementKind.Platform, line.Source?.Id),
        _ => (MovementKind.Other, line.Source?.Id),
    };
}
