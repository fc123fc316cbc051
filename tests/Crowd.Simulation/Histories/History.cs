using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;
using Crowd.StandIn;

namespace Crowd.Simulation.Histories;

/// <summary>
/// One seeded history: an organisation, its bank, two workers and their banks do what they may in any order while network, journal and process fail; then everything
/// works again and comes to its end.
/// </summary>
internal sealed class History : IDisposable
{
    private const int Steps = 30;
    private const int CalmRounds = 12;

    /// <summary>Between two rounds of the calm: longer in all than the provider remembers its keys.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromHours(5);

    private readonly Chance _chance;
    private readonly FaultyJournal _journal;
    private readonly Tally _tally;
    private readonly List<(TopUpId Id, long Micros)> _topUps = [];
    private readonly List<string> _disputes = [];
    private readonly List<(PayoutId Payout, string Transfer)> _found = [];

    public History(int seed, Tally tally)
    {
        _chance = new(seed);
        _tally = tally;
        FaultyJournal? faulty = null;
        World = new(seed, kept => faulty = new FaultyJournal(kept, _chance));
        _journal = faulty!;
    }

    public MoneyWorld World { get; }

    private Random Random => _chance.Random;

    /// <summary>Lives it to its good end.</summary>
    public void Run()
    {
        foreach (var worker in MoneyWorld.WorkerIds)
            World.Do(() => World.Worker(worker).OpenPayeeAsync("w@crowd.example", "US", MoneyWorld.Actor));
        foreach (var account in World.Stripe.All("account").Where(_ => _chance.Of(0.9)))
            World.Stripe.Onboard((string)account["id"]!);
        Begin();
        World.Options.Fault = StandInFaults.Seeded(new Random(Random.Next()), 0.2, fault => _tally.Faults[(int)fault]++);
        (World.Stripe.Webhooks.Twice, World.Stripe.Webhooks.Never) = (0.2, 0.15);
        _journal.Fails = true;
        for (var i = 0; i < Steps; i++)
            Step();
        Calm();
        _tally.Count(World, _chance);
    }

    public void Dispose() => World.Dispose();

    /// <summary>Some money comes in before anything fails, so that there is something to lose.</summary>
    private void Begin()
    {
        var first = (Id: World.Ids.Next<TopUpId>(), Micros: Random.Next(10_000, 40_000) * 10_000L);
        _topUps.Add(first);
        World.Do(() => World.TopUp(first.Id).StartAsync(MoneyWorld.RequesterId, new(first.Micros, Currency.Usd), MoneyWorld.Home, MoneyWorld.Actor));
        World.Stripe.Pay((string)World.Stripe.All("checkout.session")[0]["id"]!);
        while (World.Do(World.HearAsync))
        {
            // Until no message waits.
        }

        Catch();
        foreach (var worker in MoneyWorld.WorkerIds)
        {
            var (bonus, micros) = (World.Ids.Next<BonusId>(), Random.Next(100, 3_000) * 10_000L);
            World.Do(() => World.Requester.PayBonusAsync(bonus, MoneyWorld.JobId, worker, micros, "welcome", MoneyWorld.Actor));
        }
    }

    private void Step()
    {
        var act = Draw();
        if (_chance.Of(0.04, Fault.Crash))
        {
            var running = World.Scheduler.Run(() => TryAsync(act));
            for (var pieces = Random.Next(12); pieces > 0 && !running.IsCompleted && World.Scheduler.RunOne(); pieces--)
            {
                // The process dies somewhere on the way.
            }

            World.Crash();
        }
        else
        {
            World.Do(() => _chance.Of(0.1, Fault.RequestTwice) ? Task.WhenAll(TryAsync(act), TryAsync(act)) : TryAsync(act));
        }

        if (_chance.Of(0.3))
            World.Time.Advance(TimeSpan.FromSeconds(Random.Next(1, 40)));
        if (_chance.Of(0.01, Fault.ClockForward))
            World.Sleep(TimeSpan.FromHours(Random.Next(1, 26)));
        if (_chance.Of(0.05, Fault.GrainDropped))
            _ = World.Host.Drop<IRequesterGrain>(MoneyWorld.RequesterId.Value) | World.Host.Drop<IWorkerGrain>(_chance.OneOf(MoneyWorld.WorkerIds).Value);
    }

    /// <summary>What somebody does next. What is drawn is drawn before it runs, so that it can run twice.</summary>
    private Func<Task> Draw()
    {
        var worker = _chance.OneOf(MoneyWorld.WorkerIds);
        var cents = Random.Next(100, 20_000) * 10_000L;
        switch (Random.Next(100))
        {
            case < 12:
                var topUp = _topUps.Count > 0 && _chance.Of(0.2) ? _chance.OneOf(_topUps) : (Id: World.Ids.Next<TopUpId>(), Micros: cents);
                _topUps.Add(topUp);
                return () => World.TopUp(topUp.Id).StartAsync(MoneyWorld.RequesterId, new(topUp.Micros, Currency.Usd), MoneyWorld.Home, MoneyWorld.Actor);
            case < 26:
                return OnSession();
            case < 44:
                return World.HearAsync;
            case < 58:
                var page = Random.Next(1, 40);
                return () => World.ReactAsync(page);
            case < 62:
                return World.KeepAsync;
            case < 64:
                return World.EveryHourAsync;
            case < 73:
                var (bonus, micros) = (World.Ids.Next<BonusId>(), cents / 4);
                return () => World.Requester.PayBonusAsync(bonus, MoneyWorld.JobId, worker, micros, "well done", MoneyWorld.Actor);
            case < 82:
                var payout = World.Ids.Next<PayoutId>();
                if (_chance.Of(0.05))
                    TakeKey(payout.Value);
                return () => World.Worker(worker).RequestPayoutAsync(payout, null, Currency.Usd, MoneyWorld.Actor);
            case < 86 when _topUps.Count > 0:
                var (refund, of, back) = (World.Ids.Next<RefundId>(), _chance.OneOf(_topUps).Id, cents / 20_000 * 10_000);
                return () => World.Requester.RefundAsync(refund, of, back, MoneyWorld.Actor);
            case < 88:
                var hold = World.Ids.Next<HoldId>();
                return () => World.Requester.FundJobAsync(hold, MoneyWorld.JobId, new(cents, Currency.Usd), MoneyWorld.Actor);
            case < 91:
                return Dispute();
            case < 94:
                return Bank();
            case < 96:
                return Schedule(worker);
            case < 97:
                return PayByHand();
            default:
                return Elsewhere(worker);
        }
    }

    /// <summary>A person at the provider's page pays, is declined, or lets it expire.</summary>
    private Func<Task> OnSession()
    {
        var open = World.Stripe.All("checkout.session").Where(s => (string?)s["status"] == "open").ToList();
        if (open.Count == 0)
            return World.HearAsync;
        var session = (string)_chance.OneOf(open)["id"]!;
        return Once(() =>
        {
            var what = Random.Next(10);
            if (what < 8)
                World.Stripe.Pay(session);
            else if (what < 9)
                World.Stripe.Decline(session);
            else
                World.Stripe.Expire(session);
        });
    }

    private Func<Task> Dispute()
    {
        if (_disputes.Count > 0 && _chance.Of(0.5))
        {
            var dispute = _chance.OneOf(_disputes);
            _disputes.Remove(dispute);
            var won = _chance.Of(0.5);
            return Once(() => World.Stripe.CloseDispute(dispute, won));
        }

        var paid = World.Stripe.All("charge").Where(c => c["payment_intent"] is not null && !(bool)c["disputed"]! && (long)c["amount"]! > (long)c["amount_refunded"]!).ToList();
        if (paid.Count == 0)
            return World.HearAsync;
        var payment = (string)_chance.OneOf(paid)["payment_intent"]!;
        return Once(() => _disputes.Add(World.Stripe.OpenDispute(payment)));
    }

    /// <summary>A worker's account is paid out to the bank, which takes it or not.</summary>
    private Func<Task> Bank() => Once(() =>
    {
        foreach (var account in World.Stripe.All("account"))
        {
            if (World.Stripe.PayOut((string)account["id"]!, "usd") is not { } payout)
                continue;
            if (_chance.Of(0.5))
                World.Stripe.Arrive(payout);
            else
                World.Stripe.Fail(payout);
        }
    });

    /// <summary>A worker wants to be paid by itself, on a day or on all, or no longer.</summary>
    private Func<Task> Schedule(WorkerId worker)
    {
        DayOfWeek? day = _chance.Of(0.5) ? World.Time.GetUtcNow().AddDays(Random.Next(2)).DayOfWeek : null;
        var schedule = _chance.Of(0.1) ? null : new PayoutSchedule(Currency.Usd, Random.Next(1, 5) * WorkerDecider.LeastPayoutMicros, day);
        return () => World.Worker(worker).SchedulePayoutsAsync(schedule, MoneyWorld.Actor);
    }

    /// <summary>The payout's idempotency key is used for something else before, so that the provider refuses it with another body.</summary>
    private void TakeKey(string key)
    {
        if (World.Stripe.All("account") is not [var account, ..])
            return;
        var reply = World.ByHand("/v1/account_links", $"account={account["id"]}&type=account_onboarding&refresh_url=https%3A%2F%2Fa.example&return_url=https%3A%2F%2Fa.example", key);
        Assert.Equal(200, reply.Status);
        _chance.Count(Fault.KeyTaken);
    }

    /// <summary>Somebody pays at the provider what was given up here, and tells this program: the worker has it twice and owes it.</summary>
    private Func<Task> PayByHand()
    {
        var voided = World.Rows(PayoutsTable.Table).Where(r => r.Columns[PayoutsTable.Status].Text == "voided" && !_found.Exists(f => f.Payout.Value == r.Key[0].Text)).ToList();
        if (voided.Count == 0)
            return World.HearAsync;
        var row = _chance.OneOf(voided);
        var payout = PayoutId.From(row.Key[0].Text);
        var reply = World.ByHand("/v1/transfers",
            $"amount={row.Columns[PayoutsTable.Amount].Integer / Currency.Usd.MicrosPerMinorUnit}&currency=usd&destination={row.Columns[PayoutsTable.Payee].Text}&transfer_group={payout.Value}");
        if (reply.Status != 200)
            return World.HearAsync; // the balance there does not allow it
        var transfer = (string)System.Text.Json.Nodes.JsonNode.Parse(reply.Body)!["id"]!;
        _found.Add((payout, transfer));
        return () => World.Payout(payout).FindAsync(transfer, "paid by hand", MoneyWorld.Actor);
    }

    /// <summary>Things done at the provider by hand, or by other banks.</summary>
    private Func<Task> Elsewhere(WorkerId worker)
    {
        var refunds = World.Stripe.All("refund").Where(r => (string?)r["status"] == "succeeded").ToList();
        if (refunds.Count > 0 && _chance.Of(0.4))
            return Once(() => World.Stripe.FailRefund((string)_chance.OneOf(refunds)["id"]!));
        var account = World.Stripe.All("account").FirstOrDefault(a => _chance.Of(0.5));
        if (account is null)
            return () => World.Worker(worker).OpenPayeeAsync("w@crowd.example", "US", MoneyWorld.Actor);
        var restricted = _chance.Of(0.3);
        return Once(() =>
        {
            if (restricted)
                World.Stripe.Restrict((string)account["id"]!);
            else
                World.Stripe.Onboard((string)account["id"]!);
        });
    }

    /// <summary>What happens at the provider happens once, even if it is asked for twice, and not if it has become impossible: a call that a crash left behind came first.</summary>
    private static Func<Task> Once(Action act)
    {
        var done = false;
        return () =>
        {
            if (!done)
            {
                done = true;
                try
                {
                    act();
                }
                catch (InvalidOperationException)
                {
                    // The session was paid, the dispute closed, the payout concluded by somebody else.
                }
            }

            return Task.CompletedTask;
        };
    }

    /// <summary>Whoever calls gets an error when the server fails, and must know what to do.</summary>
    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is InconsistentStateException or JournalUnavailableException or JournalOutcomeUnknownException or ProviderUnavailableException or AggregateException or SiloUnavailableException
            or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // Tried again later, by itself or by them.
        }
    }

    /// <summary>Nothing fails any more; all that waits comes to its end.</summary>
    private void Calm()
    {
        _journal.Fails = false;
        World.Options.Fault = static _ => StandInFault.None;
        (World.Stripe.Webhooks.Twice, World.Stripe.Webhooks.Never) = (0, 0);
        World.Crash();
        // Whoever paid by hand tells it until it is heard.
        foreach (var (payout, transfer) in _found)
            World.Do(() => World.Payout(payout).FindAsync(transfer, "paid by hand", MoneyWorld.Actor));
        for (var round = 0; round < CalmRounds; round++)
        {
            World.Stripe.Settle();
            while (World.Do(World.HearAsync))
            {
                // Until no message waits.
            }

            Catch();
            World.Do(World.ReconcileAsync);
            World.Do(World.KeepAsync);
            Catch();
            if (World.Stripe.Webhooks.Waiting == 0 && MoneyAudit.IsAtRest(World))
                break;
            World.Sleep(CalmTime);
        }

        World.Do(World.ReconcileAsync);
        Catch();
        MoneyAudit.Check(World);
    }

    private void Catch()
    {
        while (World.Do(() => World.ReactAsync()))
        {
            // Until it has seen the whole log.
        }
    }
}
