namespace Crowd.Simulation;

/// <summary>The auditor's own books, kept from events by rules written down here a second time.</summary>
internal sealed class Books
{
    private readonly Dictionary<string, long> _balances = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Balances => _balances;

    public long this[string account] => _balances.GetValueOrDefault(account);

    public void Take(DomainEvent e)
    {
        switch (e)
        {
            case RequesterEvent.ToppedUp t:
                Move("provider", $"requester:{t.Requester.Value}", t.AmountMicros);
                break;
            case RequesterEvent.FundsHeld h:
                Move($"requester:{h.Requester.Value}", $"escrow:{h.Job.Value}", h.AmountMicros);
                break;
            case JobEvent.Closed c:
                Move($"escrow:{c.Job.Value}", $"requester:{c.Requester.Value}", c.ReturnedMicros);
                break;
            case JobEvent.HoldReturned h:
                Move($"escrow:{h.Job.Value}", $"requester:{h.Requester.Value}", h.AmountMicros);
                break;
            case TaskEvent.Settled s:
                foreach (var one in s.Settlements.Where(x => x.Accepted))
                {
                    Move(one.PaidByPlatform ? "appeals" : $"escrow:{s.Job.Value}", $"worker:{one.Worker.Value}", one.PayMicros);
                    if (!one.PaidByPlatform)
                        Move($"escrow:{s.Job.Value}", "fees", one.FeeMicros);
                }

                break;
            case WorkerEvent.PayoutRequested p:
                Move($"worker:{p.Worker.Value}", $"payout:{p.Payout.Value}", p.AmountMicros);
                break;
            case PayoutEvent.Posted p:
                Move($"payout:{p.Payout.Value}", "provider", p.AmountMicros);
                break;
            case PayoutEvent.Voided p:
                Move($"payout:{p.Payout.Value}", $"worker:{p.Worker.Value}", p.AmountMicros);
                break;
        }
    }

    /// <summary>The account that is below zero and must not be, or null.</summary>
    public string? Negative() => _balances.FirstOrDefault(b => b.Value < 0 && b.Key is not ("provider" or "appeals")).Key;

    private void Move(string from, string to, long micros)
    {
        if (micros < 0)
            throw new AuditException($"{micros} micros move from {from} to {to}.");
        _balances[from] = checked(this[from] - micros);
        _balances[to] = checked(this[to] + micros);
    }
}
