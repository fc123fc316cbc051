using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;

namespace Crowd.Payments;

/// <summary>Stripe's events in the words of the domain. What they are for is in the metadata that we put on the objects.</summary>
internal static class StripeEvents
{
    // Names in metadata.
    public const string TopUp = "top_up";
    public const string Requester = "requester";
    public const string Refund = "refund";
    public const string Payout = "payout";
    public const string Worker = "worker";
    public const string Recall = "recall";

    /// <summary>The kinds that the marketplace follows: those to subscribe a webhook endpoint to. Stripe lists at most 20 at once.</summary>
    public static readonly string[] Followed =
    [
        "payment_intent.succeeded", "payment_intent.payment_failed",
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
        "refund.created", "refund.updated", "refund.failed",
        "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "charge.dispute.closed",
        "transfer.reversed",
        "account.updated", "account.application.deauthorized", "capability.updated", "payout.failed", "payout.canceled",
    ];

    /// <summary>Reads an event; null when it is none or lacks what its kind must have.</summary>
    public static ProviderEvent? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var read = JsonSerializer.Deserialize(body, StripeJson.Default.StripeEvent);
            return read is { Id.Length: >= 1 and <= 200, Type.Length: > 0, Data.Object.ValueKind: JsonValueKind.Object } ? Translate(read) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>An event that cannot be read, as one that is not followed; null when it does not even have an id.</summary>
    public static ProviderEvent? Unreadable(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("id", out var id) && id.GetString() is { Length: >= 1 and <= 200 } name
            ? new ProviderEvent.Other
            {
                Id = name,
                Type = raw.TryGetProperty("type", out var type) ? type.GetString() ?? "unknown" : "unknown",
                At = raw.TryGetProperty("created", out var created) && created.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default,
            }
            : null;

    private static ProviderEvent Translate(StripeEvent e) => e.Type switch
    {
        "payment_intent.succeeded" => Paid(e, As(e, StripeJson.Default.PaymentIntent)),
        "payment_intent.payment_failed" => Failed(e, As(e, StripeJson.Default.PaymentIntent)),
        "checkout.session.completed" or "checkout.session.async_payment_succeeded" => Paid(e, As(e, StripeJson.Default.CheckoutSession)),
        "checkout.session.expired" => Expired(e, As(e, StripeJson.Default.CheckoutSession)),
        "checkout.session.async_payment_failed" => Failed(e, As(e, StripeJson.Default.CheckoutSession)),
        "refund.created" or "refund.updated" or "refund.failed" => Refunded(e, As(e, StripeJson.Default.Refund)),
        "charge.dispute.created" or "charge.dispute.funds_withdrawn" or "charge.dispute.funds_reinstated" or "charge.dispute.closed" =>
            Disputed(e, As(e, StripeJson.Default.Dispute)),
        "transfer.reversed" => Reversed(e, As(e, StripeJson.Default.Transfer)),
        "account.updated" => new ProviderEvent.PayeeChanged { Id = e.Id, Type = e.Type, At = At(e), Payee = As(e, StripeJson.Default.StripeRef).Id },
        "account.application.deauthorized" or "capability.updated" when e.Account is { } account =>
            new ProviderEvent.PayeeChanged { Id = e.Id, Type = e.Type, At = At(e), Payee = account },
        "payout.failed" or "payout.canceled" when e.Account is { } account => PayoutFailed(e, account, As(e, StripeJson.Default.BankPayout)),
        _ => Other(e),
    };

    private static ProviderEvent Paid(StripeEvent e, PaymentIntent payment) =>
        TryTopUp(payment.Metadata, out var topUp, out var requester)
            ? new ProviderEvent.TopUpPaid
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                TopUp = topUp,
                Requester = requester,
                Payment = payment.Id,
                Amount = StripeAmounts.Read(payment.AmountReceived, payment.Currency),
            }
            : Other(e);

    // Completed is not yet paid with a way of paying that takes days.
    private static ProviderEvent Paid(StripeEvent e, CheckoutSession session) =>
        session is { PaymentStatus: "paid", PaymentIntent: { } payment, AmountTotal: { } total, Currency: { } currency } && TryTopUp(session.Metadata, out var topUp, out var requester)
            ? new ProviderEvent.TopUpPaid
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                TopUp = topUp,
                Requester = requester,
                Payment = payment.Id,
                Amount = StripeAmounts.Read(total, currency),
            }
            : Other(e);

    private static ProviderEvent Failed(StripeEvent e, PaymentIntent payment) =>
        TryTopUp(payment.Metadata, out var topUp, out var requester)
            ? new ProviderEvent.TopUpFailed
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                TopUp = topUp,
                Requester = requester,
                Reason = payment.LastPaymentError?.Reason ?? "payment_failed",
            }
            : Other(e);

    private static ProviderEvent Failed(StripeEvent e, CheckoutSession session) =>
        TryTopUp(session.Metadata, out var topUp, out var requester)
            ? new ProviderEvent.TopUpFailed { Id = e.Id, Type = e.Type, At = At(e), TopUp = topUp, Requester = requester, Reason = "payment_failed" }
            : Other(e);

    private static ProviderEvent Expired(StripeEvent e, CheckoutSession session) =>
        TryTopUp(session.Metadata, out var topUp, out var requester)
            ? new ProviderEvent.TopUpExpired { Id = e.Id, Type = e.Type, At = At(e), TopUp = topUp, Requester = requester }
            : Other(e);

    private static ProviderEvent Refunded(StripeEvent e, Refund refund)
    {
        if (refund.PaymentIntent is not { } payment)
            return Other(e);
        RefundId? ours = Id.TryParse<RefundId>(refund.Metadata?.GetValueOrDefault(Refund), out var id) ? id : null;
        var amount = StripeAmounts.Read(refund.Amount, refund.Currency);
        return refund.Status switch
        {
            "succeeded" => new ProviderEvent.Refunded
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Refund = ours,
                Payment = payment.Id,
                Reference = refund.Id,
                Amount = amount,
            },
            "failed" or "canceled" => new ProviderEvent.RefundFailed
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Refund = ours,
                Payment = payment.Id,
                Reference = refund.Id,
                Amount = amount,
                Reason = refund.FailureReason ?? refund.Status,
            },
            _ => Other(e),
        };
    }

    // An inquiry (its states begin with "warning") takes no money.
    private static ProviderEvent Disputed(StripeEvent e, Dispute dispute)
    {
        if (dispute.PaymentIntent is not { } payment || dispute.Status.StartsWith("warning", StringComparison.Ordinal))
            return Other(e);
        var amount = StripeAmounts.Read(dispute.Amount, dispute.Currency);
        return (e.Type, dispute.Status) switch
        {
            ("charge.dispute.created" or "charge.dispute.funds_withdrawn", _) => new ProviderEvent.DisputeOpened
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Dispute = dispute.Id,
                Payment = payment.Id,
                Amount = amount,
                Reason = dispute.Reason ?? "general",
            },
            ("charge.dispute.funds_reinstated", _) or ("charge.dispute.closed", "won") => new ProviderEvent.DisputeWon
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Dispute = dispute.Id,
                Payment = payment.Id,
                Amount = amount,
            },
            ("charge.dispute.closed", "lost") => new ProviderEvent.DisputeLost
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Dispute = dispute.Id,
                Payment = payment.Id,
                Amount = amount,
            },
            _ => Other(e),
        };
    }

    private static ProviderEvent Reversed(StripeEvent e, Transfer transfer) =>
        Id.TryParse<PayoutId>(transfer.TransferGroup, out var payout)
            ? new ProviderEvent.PayoutReversed
            {
                Id = e.Id,
                Type = e.Type,
                At = At(e),
                Payout = payout,
                Transfer = transfer.Id,
                AmountSoFar = StripeAmounts.Read(transfer.AmountReversed, transfer.Currency),
                Reason = "transfer_reversed",
            }
            : Other(e);

    private static ProviderEvent.PayoutFailed PayoutFailed(StripeEvent e, string account, BankPayout payout) => new()
    {
        Id = e.Id,
        Type = e.Type,
        At = At(e),
        Payee = account,
        BankPayout = payout.Id,
        Amount = StripeAmounts.Read(payout.Amount, payout.Currency),
        Reason = new StripeError { Code = payout.FailureCode ?? payout.Status, Message = payout.FailureMessage }.Reason,
    };

    private static ProviderEvent.Other Other(StripeEvent e) => new() { Id = e.Id, Type = e.Type, At = At(e) };

    private static DateTimeOffset At(StripeEvent e) => DateTimeOffset.FromUnixTimeSeconds(e.Created);

    private static bool TryTopUp(IReadOnlyDictionary<string, string>? metadata, out TopUpId topUp, out RequesterId requester)
    {
        requester = default;
        return Id.TryParse(metadata?.GetValueOrDefault(TopUp), out topUp) && Id.TryParse(metadata?.GetValueOrDefault(Requester), out requester);
    }

    private static T As<T>(StripeEvent e, JsonTypeInfo<T> type) =>
        e.Data.Object.Deserialize(type) ?? throw new JsonException($"{e.Type} has no object.");
}
