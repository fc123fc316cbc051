using Crowd.Marketplace.Tables;
using Crowd.StandIn;
using Xunit.Abstractions;

namespace Crowd.Simulation.Histories;

/// <summary>The process is killed at every step of a payout that leaves, fails at the bank and comes back; each time the books end the same.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_between_any_two_steps_of_a_payout_the_books_end_the_same(bool after)
    {
        var (_, steps) = Mortal.KillAtEachStep(after, Live);
        Assert.True(steps >= 10, $"Only {steps} steps.");
        output.WriteLine($"Killed at each of {steps} steps, {(after ? "after" : "before")} its effect.");
    }

    private static string Live(Mortal mortal)
    {
        using var world = new MoneyWorld(Seed, kept => new MortalJournal(kept, mortal), standIn => new MortalHandler(new StandInHandler(standIn), mortal));
        var worker = MoneyWorld.WorkerIds[0];
        var (topUp, bonus, payout) = (world.Ids.Next<TopUpId>(), world.Ids.Next<BonusId>(), world.Ids.Next<PayoutId>());
        world.Do(() => world.Worker(worker).OpenPayeeAsync("w@crowd.example", "US", MoneyWorld.Actor));
        var account = (string)world.Stripe.All("account")[0]["id"]!;
        world.Stripe.Onboard(account);
        world.Do(() => world.TopUp(topUp).StartAsync(MoneyWorld.RequesterId, new(100_000_000, Currency.Usd), MoneyWorld.Home, MoneyWorld.Actor));
        world.Stripe.Pay((string)world.Stripe.All("checkout.session")[0]["id"]!);
        Work(world, mortal);
        world.Do(() => world.Requester.PayBonusAsync(bonus, MoneyWorld.JobId, worker, 50_000_000, "well done", MoneyWorld.Actor));

        mortal.Armed = true;
        Again(world, mortal, async () =>
        {
            var asked = await world.Worker(worker).RequestPayoutAsync(payout, 30_000_000, Currency.Usd, MoneyWorld.Actor);
            Assert.True(asked.Accepted, asked.Rejection?.Message);
        });
        Work(world, mortal);
        world.Stripe.Fail(world.Stripe.PayOut(account, "usd")!);
        Work(world, mortal);
        mortal.Armed = false;
        Again(world, mortal, world.ReconcileAsync);
        Work(world, mortal);

        MoneyAudit.Check(world);
        var books = world.Rows(AccountsTable.Table).Concat(world.Rows(PayoutsTable.Table).Select(r => new Row(r.Key, [r.Columns[PayoutsTable.Status], r.Columns[PayoutsTable.Returned], r.Columns[PayoutsTable.Reason]])))
            .Select(r => $"{string.Join('/', r.Key)} {string.Join('/', r.Columns)}").Append($"stripe {world.Stripe.Books.Balance(StandInBooks.Platform, "usd")}");
        return string.Join('\n', books);
    }

    /// <summary>Messages, reactor and keeper until nothing is left to do.</summary>
    private static void Work(MoneyWorld world, Mortal mortal)
    {
        for (var round = 0; round < 3; round++)
        {
            while (world.Stripe.Webhooks.Waiting > 0)
                Hear(world, mortal);
            Again(world, mortal, async () =>
            {
                while (await world.ReactAsync())
                {
                    // Until it has seen the whole log.
                }
            });
            Again(world, mortal, world.KeepAsync);
        }
    }

    /// <summary>A message that was not acknowledged is sent again.</summary>
    private static void Hear(MoneyWorld world, Mortal mortal)
    {
        var delivery = world.Stripe.Webhooks.Next()!;
        Again(world, mortal, () => world.HearAsync(delivery));
    }

    /// <summary>What a killed process did not answer is asked of the next one.</summary>
    private static void Again(MoneyWorld world, Mortal mortal, Func<Task> act)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Exception? failed = null;
            world.Do(async () =>
            {
                try
                {
                    await act();
                }
                catch (Exception e) when (e is JournalUnavailableException or InconsistentStateException or AggregateException)
                {
                    failed = e;
                }
            });
            if (failed is null)
                return;
            Assert.True(attempt == 0 && mortal.Died, $"It failed without being killed: {failed}");
            world.Crash();
            mortal.Revive();
        }
    }
}
