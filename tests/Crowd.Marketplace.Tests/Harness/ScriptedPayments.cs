namespace Crowd.Marketplace.Tests;

/// <summary>A payment provider that keeps to its contract (one effect for each id) and answers as the test says.</summary>
internal sealed class ScriptedPayments : Crowd.Tests.QuietPayments
{
    private readonly Dictionary<string, PaymentOutcome> _ended = new(StringComparer.Ordinal);

    public override string Name => "scripted";

    /// <summary>What the next calls give, first one first; after that every payment is done.</summary>
    public Queue<Answer> Next { get; } = new();

    /// <summary>Money that moved, by the id that moved it: in for top-ups, out for payouts.</summary>
    public Dictionary<string, Money> Moved { get; } = new(StringComparer.Ordinal);

    public int Calls { get; private set; }

    /// <summary>How a call goes.</summary>
    public enum Answer
    {
        Done,
        Refused,
        UnknownBefore,
        UnknownAfter,
        Broken,
    }

    public override Task<PaymentOutcome> CollectAsync(
        TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => MoveAsync(topUp.Value, amount);

    public override Task<PaymentOutcome> PayAsync(
        PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => MoveAsync(payout.Value, amount);

    public override Task<PaymentOutcome> RefundAsync(
        RefundId refund, TopUpId topUp, string payment, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => MoveAsync(refund.Value, amount);

    private Task<PaymentOutcome> MoveAsync(string id, Money amount)
    {
        Calls++;
        var answer = Next.TryDequeue(out var next) ? next : Answer.Done;
        if (answer == Answer.Broken)
            return Task.FromException<PaymentOutcome>(new InvalidOperationException("The provider cannot be reached."));
        if (answer == Answer.UnknownBefore)
            return Task.FromResult<PaymentOutcome>(new PaymentOutcome.Unknown("timeout"));
        if (!_ended.TryGetValue(id, out var ended))
        {
            ended = answer == Answer.Refused ? new PaymentOutcome.Refused("no such account") : new PaymentOutcome.Done("ref-" + id);
            _ended.Add(id, ended);
            if (ended is PaymentOutcome.Done)
                Moved.Add(id, amount);
        }

        return Task.FromResult(answer == Answer.UnknownAfter ? new PaymentOutcome.Unknown("timeout") : ended);
    }
}
