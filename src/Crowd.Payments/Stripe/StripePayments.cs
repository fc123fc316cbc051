using Crowd.Domain;
using Microsoft.Extensions.Logging;

namespace Crowd.Payments;

/// <summary>
/// Stripe as the payment provider: top-ups by Checkout, workers' accounts by Connect, payouts as transfers to them. Each write goes out under an id of ours as its
/// idempotency key. Stripe forgets keys after a day, so a write that was first asked for longer ago is looked for before it is sent again; and no refusal is believed
/// before it was looked for, because an earlier attempt may have had its effect. Safe for concurrent use.
/// </summary>
internal sealed partial class StripePayments : IPaymentProvider, IDisposable
{
    /// <summary>How long after the first attempt a key is relied on. Stripe keeps them at least 24 hours.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(20);

    /// <summary>How long a person can pay at the address of a top-up. Ends after no new session can be asked for under its id.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(23);

    /// <summary>Begins the reason when an id comes again with other content.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>Begins the reason when Stripe cannot move the amount in its currency.</summary>
    public const string InvalidAmount = "invalid_amount";

    /// <summary>Begins the reason when a top-up is asked for again after its time.</summary>
    public const string SessionExpired = "session_expired";

    /// <summary>Begins the reason when the worker has no account yet.</summary>
    public const string PayeeMissing = "payee_missing";

    private readonly StripeClient _client;
    private readonly StripeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public StripePayments(StripeClient client, StripeOptions options, TimeProvider time, ILogger logger)
    {
        (_client, _options, _time, _logger) = (client, options, time, logger);
        LogStripe(logger, IsReal ? "live" : "test", StripeConnection.ApiVersion);
    }

    public string Name => "stripe";

    public bool IsExternal => true;

    /// <summary>False with a key of a test account.</summary>
    public bool IsReal => _options.ApiKey.Contains("_live_", StringComparison.Ordinal);

    public async Task<PaymentOutcome> CollectAsync(
        TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken)
    {
        if (Wrong(amount, out var minor) is { } wrong)
            return wrong;
        // A session of an earlier attempt can be paid for an hour more; if it is, the event says so.
        if (_time.GetUtcNow() - firstAskedAt >= KeyLifetime)
            return new PaymentOutcome.Refused($"{SessionExpired}: the top-up was asked for more than {KeyLifetime.TotalHours} hours ago.");

        var session = new NewSession
        {
            Reference = topUp.Required().Value,
            Amount = minor,
            Currency = StripeAmounts.Code(amount.Currency),
            Title = "Funds for labelling",
            ReturnUrl = returnTo.AbsoluteUri,
            ExpiresAt = firstAskedAt + SessionLifetime,
            Metadata = new() { { StripeEvents.TopUp, topUp.Value }, { StripeEvents.Requester, requester.Required().Value } },
        };
        return await _client.CreateSessionAsync(session, topUp.Value, cancellationToken) switch
        {
            StripeReply<CheckoutSession>.Given given => new PaymentOutcome.Pending(given.Value.Id, given.Value.Url is { } url ? new(url) : null),
            StripeReply<CheckoutSession>.Refused refused => new PaymentOutcome.Refused(Reason(refused.Error)),
            var lost => Unknown(lost),
        };
    }

    public Task<PaymentOutcome> RefundAsync(
        RefundId refund, TopUpId topUp, string payment, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken)
    {
        if (Wrong(amount, out var minor) is { } wrong)
            return Task.FromResult<PaymentOutcome>(wrong);
        var metadata = new StripeForm { { StripeEvents.Refund, refund.Required().Value }, { StripeEvents.TopUp, topUp.Required().Value } };
        return OnceAsync(
            firstAskedAt,
            token => _client.CreateRefundAsync(payment, minor, metadata, refund.Value, token),
            async token => (await _client.ListRefundsAsync(payment, token)).Select(page => Marked(page, r => r.Metadata, StripeEvents.Refund, refund.Value)),
            found => found.Amount == minor ? Refunded(found) : Conflict(refund.Value),
            cancellationToken);
    }

    public Task<PaymentOutcome> PayAsync(
        PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken)
    {
        if (Wrong(amount, out var minor) is { } wrong)
            return Task.FromResult<PaymentOutcome>(wrong);
        if (string.IsNullOrEmpty(payee))
            return Task.FromResult<PaymentOutcome>(new PaymentOutcome.Refused($"{PayeeMissing}: the worker has no account to be paid to."));
        var transfer = new NewTransfer
        {
            Amount = minor,
            Currency = StripeAmounts.Code(amount.Currency),
            Destination = payee,
            Group = payout.Required().Value,
            Metadata = new() { { StripeEvents.Payout, payout.Value }, { StripeEvents.Worker, worker.Required().Value } },
        };
        return OnceAsync(
            firstAskedAt,
            token => _client.CreateTransferAsync(transfer, payout.Value, token),
            async token => (await _client.ListTransfersAsync(transfer.Group, token)).Select(static page => page.Data.Count > 0 ? page.Data[^1] : null),
            // Not the destination: had the worker changed the account since, the money has left all the same.
            found => found.Amount == minor && found.Currency == transfer.Currency ? new PaymentOutcome.Done(found.Id) : Conflict(payout.Value),
            cancellationToken);
    }

    public Task<PaymentOutcome> RecallAsync(PayoutId payout, string transfer, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken)
    {
        if (Wrong(amount, out var minor) is { } wrong)
            return Task.FromResult<PaymentOutcome>(wrong);
        var metadata = new StripeForm { { StripeEvents.Recall, payout.Required().Value } };
        return OnceAsync(
            firstAskedAt,
            token => _client.ReverseTransferAsync(transfer, minor, metadata, $"{payout.Value}:recall", token),
            async token => (await _client.ListReversalsAsync(transfer, token)).Select(page => Marked(page, r => r.Metadata, StripeEvents.Recall, payout.Value)),
            found => found.Amount == minor ? new PaymentOutcome.Done(found.Id) : Conflict(payout.Value),
            cancellationToken);
    }

    public EventReading ReadEvent(ReadOnlyMemory<byte> body, string? signature, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature))
            return new EventReading.Refused(EventRefusal.SignatureMissing, "The Stripe-Signature header is missing.");
        switch (StripeSignature.Check(body.Span, signature, _options.WebhookSecrets, now, _options.SignatureTolerance))
        {
            case SignatureCheck.Malformed:
                return new EventReading.Refused(EventRefusal.SignatureInvalid, "The Stripe-Signature header has no time or no v1 signature.");
            case SignatureCheck.Forged:
                return new EventReading.Refused(EventRefusal.SignatureInvalid, "No signature in the Stripe-Signature header belongs to the body and a known secret.");
            case SignatureCheck.Stale:
                return new EventReading.Refused(EventRefusal.TooOld, $"The message was signed more than {_options.SignatureTolerance.TotalSeconds} seconds from now.");
        }

        return StripeEvents.Read(body.Span) is { } read
            ? new EventReading.Verified(read)
            : new EventReading.Refused(EventRefusal.Malformed, "The message is signed but is not an event that can be read.");
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Writes once, whatever has happened before.</summary>
    /// <param name="send">Sends under the key.</param>
    /// <param name="look">Looks for what was made under the id; null when there is nothing.</param>
    /// <param name="conclude">What the object that was made means.</param>
    private async Task<PaymentOutcome> OnceAsync<T>(
        DateTimeOffset firstAskedAt, Func<CancellationToken, Task<StripeReply<T>>> send, Func<CancellationToken, Task<StripeReply<T?>>> look,
        Func<T, PaymentOutcome> conclude, CancellationToken cancellationToken)
        where T : class
    {
        if (_time.GetUtcNow() - firstAskedAt >= KeyLifetime)
        {
            switch (await look(cancellationToken))
            {
                case StripeReply<T?>.Given { Value: { } made }:
                    return conclude(made);
                case StripeReply<T?>.Refused or StripeReply<T?>.Lost:
                    return new PaymentOutcome.Unknown("lookup: Stripe did not say whether an earlier attempt had its effect.");
            }
        }

        switch (await send(cancellationToken))
        {
            case StripeReply<T>.Given given:
                return conclude(given.Value);
            case StripeReply<T>.Refused refused:
                return await look(cancellationToken) switch
                {
                    StripeReply<T?>.Given { Value: { } made } => conclude(made),
                    StripeReply<T?>.Given => new PaymentOutcome.Refused(Reason(refused.Error)),
                    _ => new PaymentOutcome.Unknown($"lookup: Stripe refused with {refused.Error.Name}, and did not say whether an earlier attempt had its effect."),
                };
            case var lost:
                return Unknown(lost);
        }
    }

    private static T? Marked<T>(StripeList<T> page, Func<T, IReadOnlyDictionary<string, string>?> metadata, string name, string value)
        where T : class =>
        page.Data.FirstOrDefault(o => metadata(o) is { } marks && marks.TryGetValue(name, out var mark) && mark == value);

    private static PaymentOutcome Refunded(Refund refund) => refund.Status switch
    {
        "succeeded" => new PaymentOutcome.Done(refund.Id),
        "failed" or "canceled" => new PaymentOutcome.Refused($"{refund.FailureReason ?? refund.Status}: the refund {refund.Id} did not reach its bank."),
        _ => new PaymentOutcome.Pending(refund.Id, null),
    };

    private static PaymentOutcome.Refused? Wrong(Money amount, out long minor)
    {
        if (StripeAmounts.TryWrite(amount, out minor) && minor > 0)
            return null;
        var step = new Money(StripeAmounts.StepMicros(amount.Currency), amount.Currency);
        return new($"{InvalidAmount}: {amount} is not above 0 and a multiple of {step}, as Stripe wants it.");
    }

    private static PaymentOutcome.Refused Conflict(string id) => new($"{IdempotencyConflict}: {id} was used before, for another amount.");

    private static PaymentOutcome.Unknown Unknown<T>(StripeReply<T> reply) => new(((StripeReply<T>.Lost)reply).Reason);

    private static string Reason(StripeError error) => error.Type == "idempotency_error" ? $"{IdempotencyConflict}: {error.Reason}" : error.Reason;

    [LoggerMessage(7110, LogLevel.Information, "Payments go to Stripe in {Mode} mode, version {Version}.")]
    private static partial void LogStripe(ILogger logger, string mode, string version);

    [LoggerMessage(7111, LogLevel.Warning, "Stripe's event {Id} of type {Type} cannot be read; it counts as one that is not followed.")]
    private static partial void LogUnreadableEvent(ILogger logger, string id, string type);
}
