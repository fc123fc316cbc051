using Crowd.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crowd.Payments;

/// <summary>
/// A payment provider that moves no real money: it says yes, remembers what it said by id while the process lives, and fails where it is told to. The
/// reference follows from the id, so that a repetition after a restart gets the same answer. Safe for concurrent use.
/// </summary>
public sealed partial class SandboxPayments : IPaymentProvider
{
    /// <summary>Begins the reason when an id comes again with other content.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>Begins the reason when the amount cannot be paid.</summary>
    public const string InvalidAmount = "invalid_amount";

    /// <summary>Begins the reason of an injected refusal.</summary>
    public const string Declined = "declined";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (SandboxPayment Payment, PaymentOutcome Outcome)> _concluded = new(StringComparer.Ordinal);
    private readonly List<SandboxPayment> _moved = [];
    private readonly SandboxOptions _options;

    public SandboxPayments(IOptions<SandboxOptions> options, ILogger<SandboxPayments> logger)
    {
        _options = options.Value;
        LogSandbox(logger);
    }

    public string Name => "sandbox";

    public bool IsReal => false;

    public bool IsExternal => false;

    /// <summary>What has moved, in order: each payment once, however often it was asked for. A copy.</summary>
    public IReadOnlyList<SandboxPayment> Moved
    {
        get
        {
            lock (_lock)
                return [.. _moved];
        }
    }

    public Task<PaymentOutcome> CollectAsync(
        TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        MoveAsync(new(topUp.Required().Value, PaymentDirection.In, requester.Required().Value, amount), cancellationToken, _options.Checkout ? returnTo : null);

    public Task<PaymentOutcome> RefundAsync(
        RefundId refund, TopUpId topUp, string payment, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        MoveAsync(new(refund.Required().Value, PaymentDirection.Out, payment, amount), cancellationToken);

    public Task<PaymentOutcome> PayAsync(
        PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        MoveAsync(new(payout.Required().Value, PaymentDirection.Out, worker.Required().Value, amount), cancellationToken);

    public Task<PaymentOutcome> RecallAsync(PayoutId payout, string transfer, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        MoveAsync(new($"{payout.Required().Value}:recall", PaymentDirection.In, transfer, amount), cancellationToken);

    public Task<ProviderAnswer<string>> OpenPayeeAsync(WorkerId worker, string email, string country, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<string>>(new ProviderAnswer<string>.Got($"sandbox_{worker.Required().Value}"));

    public Task<ProviderAnswer<Uri>> OnboardAsync(string payee, Uri returnTo, Uri refreshTo, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<Uri>>(new ProviderAnswer<Uri>.Got(returnTo));

    public Task<ProviderAnswer<PayeeStanding>> ReadPayeeAsync(string payee, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<PayeeStanding>>(new ProviderAnswer<PayeeStanding>.Got(new(Ready: true, Submitted: true, null)));

    public Task<ProviderAnswer<IReadOnlyList<PayoutId>>> PayoutsInAsync(string payee, string bankPayout, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<IReadOnlyList<PayoutId>>>(new ProviderAnswer<IReadOnlyList<PayoutId>>.Refused("The sandbox has no bank payouts."));

    public EventReading ReadEvent(ReadOnlyMemory<byte> body, string? signature, DateTimeOffset now) =>
        new EventReading.Refused(EventRefusal.NotExpected, "The sandbox sends no messages: there is nothing that could have signed this.");

    public Task<ProviderPage<ReceivedEvent>> ListEventsAsync(DateTimeOffset since, string? payee, string? after, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderPage<ReceivedEvent>([], null));

    public Task<ProviderPage<ProviderMovement>> ListMovementsAsync(DateTimeOffset since, string? after, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderPage<ProviderMovement>([], null));

    /// <summary>What the sandbox would tell if this happened to a top-up. No real money, and so no signature: it is for whoever may say what happens.</summary>
    /// <returns>An event whose id follows from the top-up and what happened, so that the same again is the same event.</returns>
    public ReceivedEvent Happen(SandboxHappening what, TopUpId topUp, RequesterId requester, Money amount, DateTimeOffset at)
    {
        var (id, type, payment, dispute) = ($"sandbox_evt_{topUp.Required().Value}_{what}", $"sandbox.{what}", Reference(topUp.Value), $"sandbox_dp_{topUp.Value}");
        ProviderEvent e = what switch
        {
            SandboxHappening.Paid => new ProviderEvent.TopUpPaid { Id = id, Type = type, At = at, TopUp = topUp, Requester = requester.Required(), Payment = payment, Amount = amount },
            SandboxHappening.Declined => new ProviderEvent.TopUpFailed { Id = id, Type = type, At = at, TopUp = topUp, Requester = requester.Required(), Reason = Declined },
            SandboxHappening.Expired => new ProviderEvent.TopUpExpired { Id = id, Type = type, At = at, TopUp = topUp, Requester = requester.Required() },
            SandboxHappening.Disputed => new ProviderEvent.DisputeOpened { Id = id, Type = type, At = at, Dispute = dispute, Payment = payment, Amount = amount, Reason = "sandbox" },
            SandboxHappening.DisputeWon => new ProviderEvent.DisputeWon { Id = id, Type = type, At = at, Dispute = dispute, Payment = payment, Amount = amount },
            SandboxHappening.DisputeLost => new ProviderEvent.DisputeLost { Id = id, Type = type, At = at, Dispute = dispute, Payment = payment, Amount = amount },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
        lock (_lock)
        {
            if (what == SandboxHappening.Paid && _concluded.TryGetValue(topUp.Value, out var asked) && asked.Outcome is PaymentOutcome.Pending && !_moved.Contains(asked.Payment))
                _moved.Add(asked.Payment);
        }

        return new(e, System.Text.Encoding.UTF8.GetBytes($"No real money: {type} of {topUp.Value}."));
    }

    private static string Reference(string id) => $"sandbox_{id}";

    private Task<PaymentOutcome> MoveAsync(SandboxPayment payment, CancellationToken cancellationToken, Uri? payAt = null)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<PaymentOutcome>(cancellationToken);
        var fault = _options.Fault(payment);
        if (fault == SandboxFault.BeforeEffect)
            return Task.FromResult<PaymentOutcome>(new PaymentOutcome.Unknown("The sandbox was told to lose the request."));

        PaymentOutcome outcome;
        lock (_lock)
            outcome = Conclude(payment, fault, payAt);
        return Task.FromResult(fault == SandboxFault.AfterEffect ? new PaymentOutcome.Unknown("The sandbox was told to lose the reply.") : outcome);
    }

    private PaymentOutcome Conclude(SandboxPayment payment, SandboxFault fault, Uri? payAt)
    {
        if (_concluded.TryGetValue(payment.Id, out var before))
        {
            return before.Payment == payment
                ? before.Outcome
                : new PaymentOutcome.Refused($"{IdempotencyConflict}: {payment.Id} was used for {before.Payment.Amount} with {before.Payment.Party}.");
        }

        PaymentOutcome outcome;
        if (Wrong(payment) is { } wrong)
            outcome = new PaymentOutcome.Refused($"{InvalidAmount}: {wrong}");
        else if (fault == SandboxFault.Refuse)
            outcome = new PaymentOutcome.Refused($"{Declined}: the sandbox was told to refuse.");
        else
            outcome = payAt is null ? new PaymentOutcome.Done(Reference(payment.Id)) : new PaymentOutcome.Pending(Reference(payment.Id), payAt);

        _concluded.Add(payment.Id, (payment, outcome));
        if (outcome is PaymentOutcome.Done)
            _moved.Add(payment);
        return outcome;
    }

    private static string? Wrong(SandboxPayment payment) =>
        payment.Amount.Micros <= 0 ? "the amount is not above 0."
        : payment.Direction == PaymentDirection.Out && payment.Amount.InWholeMinorUnits() != payment.Amount ? "the amount is not in whole minor units."
        : null;

    [LoggerMessage(7001, LogLevel.Warning, "Payments go to the sandbox: no real money moves.")]
    private static partial void LogSandbox(ILogger logger);
}
