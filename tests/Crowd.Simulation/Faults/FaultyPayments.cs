namespace Crowd.Simulation;

/// <summary>A payment provider that keeps its word (one effect for each id) but does not always say what it did.</summary>
internal sealed class FaultyPayments(Chance chance) : Crowd.Tests.QuietPayments
{
    private readonly Dictionary<string, PaymentOutcome> _ended = new(StringComparer.Ordinal);

    public override string Name => "faulty";

    public bool Fails { get; set; }

    /// <summary>Money that came in by top-ups and left by payouts, by id.</summary>
    public Dictionary<string, long> Moved { get; } = new(StringComparer.Ordinal);

    public override Task<PaymentOutcome> CollectAsync(
        TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => MoveAsync(topUp.Value, amount, 0);

    public override Task<PaymentOutcome> PayAsync(
        PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => MoveAsync(payout.Value, amount, 0.2);

    private Task<PaymentOutcome> MoveAsync(string id, Money amount, double refused)
    {
        if (Fails && chance.Of(0.05, Fault.PaymentBroken))
            return Task.FromException<PaymentOutcome>(new InvalidOperationException("The provider cannot be reached."));
        if (Fails && chance.Of(0.15, Fault.PaymentUnknownBefore))
            return Task.FromResult<PaymentOutcome>(new PaymentOutcome.Unknown("timeout"));
        if (!_ended.TryGetValue(id, out var ended))
        {
            ended = Fails && chance.Of(refused, Fault.PaymentRefused) ? new PaymentOutcome.Refused("closed account") : new PaymentOutcome.Done("ref-" + id);
            _ended.Add(id, ended);
            if (ended is PaymentOutcome.Done)
                Moved.Add(id, amount.Micros);
        }

        return Task.FromResult(Fails && chance.Of(0.15, Fault.PaymentUnknownAfter) ? new PaymentOutcome.Unknown("timeout") : ended);
    }
}
