using Crowd.Marketplace.Tables;
using Crowd.StandIn;

namespace Crowd.Simulation.Histories;

/// <summary>What must hold when a history has come to its end: every payout has left once or not at all, and both books say the same to the cent.</summary>
internal static class MoneyAudit
{
    private const long Cent = 10_000;

    /// <summary>Nothing waits for an answer any more.</summary>
    public static bool IsAtRest(MoneyWorld world) =>
        world.Rows(PayoutsTable.Table).TrueForAll(r => r.Columns[PayoutsTable.Status].Text is "posted" or "voided" && r.Columns[PayoutsTable.Recall] is { IsNull: true } or { Text: "refused" })
        && world.Rows(RefundsTable.Table).TrueForAll(r => r.Columns[RefundsTable.Status].Text is not ("requested" or "started"))
        && world.Rows(TopUpsTable.Table).TrueForAll(r => r.Columns[TopUpsTable.Status].Text != "started")
        && world.Rows(InboxTable.Table).TrueForAll(r => r.Columns[InboxTable.Status].Text == "processed");

    public static void Check(MoneyWorld world)
    {
        Assert.True(IsAtRest(world), "something waits for an answer still");
        CheckPayouts(world);
        CheckSchedules(world);
        CheckTopUps(world);
        CheckLedger(world);
        CheckBooks(world);
    }

    /// <summary>No payout left twice, none is lost: what is posted has one transfer of its amount, what is voided has none, and what came back there came back here.</summary>
    private static void CheckPayouts(MoneyWorld world)
    {
        var transfers = world.Stripe.All("transfer").ToLookup(t => (string)t["transfer_group"]!, StringComparer.Ordinal);
        var rows = world.Rows(PayoutsTable.Table);
        foreach (var row in rows)
        {
            var sent = transfers[row.Key[0].Text].ToList();
            if (row.Columns[PayoutsTable.Status].Text == "voided")
            {
                Assert.True(sent.Count == 0, $"{row.Key[0]} is voided and has left");
                continue;
            }

            var one = Assert.Single(sent);
            Assert.Equal(row.Columns[PayoutsTable.Amount].Integer, (long)one["amount"]! * Cent);
            Assert.Equal(row.Columns[PayoutsTable.Returned].Integer, (long)one["amount_reversed"]! * Cent);
        }

        Assert.Equal(transfers.Count, rows.Count(r => r.Columns[PayoutsTable.Status].Text == "posted"));
    }

    /// <summary>A schedule pays at most once a day, on its day, and not below its threshold.</summary>
    private static void CheckSchedules(MoneyWorld world)
    {
        var schedules = new Dictionary<string, PayoutSchedule?>(StringComparer.Ordinal);
        var paid = new HashSet<(WorkerId Worker, DateOnly Day)>();
        foreach (var (stream, e) in world.Log())
        {
            switch (e)
            {
                case WorkerEvent.PayoutsScheduled s:
                    schedules[stream] = s.Schedule;
                    break;
                case WorkerEvent.PayoutsUnscheduled:
                    schedules[stream] = null;
                    break;
                case WorkerEvent.PayoutRequested { ScheduledFor: { } day } p:
                    Assert.True(paid.Add((p.Worker, day)), $"{p.Worker} was paid twice by schedule on {day}");
                    Assert.True(schedules.GetValueOrDefault(stream) is { } schedule && (schedule.Weekday is null || schedule.Weekday == day.DayOfWeek), $"{p.Payout} is on no schedule");
                    Assert.True(p.AmountMicros > schedules[stream]!.ThresholdMicros - Cent, $"{p.Payout} is below the threshold");
                    break;
            }
        }
    }

    /// <summary>Every payment is credited once.</summary>
    private static void CheckTopUps(MoneyWorld world)
    {
        var paid = world.Stripe.All("charge").Where(c => c["payment_intent"] is not null).ToDictionary(c => (string)c["payment_intent"]!, c => (long)c["amount"]! * Cent, StringComparer.Ordinal);
        var credited = world.Rows(TopUpsTable.Table).Where(r => r.Columns[TopUpsTable.Status].Text == "paid")
            .ToDictionary(r => r.Columns[TopUpsTable.Payment].Text, r => r.Columns[TopUpsTable.Amount].Integer, StringComparer.Ordinal);
        Assert.Equal(paid.OrderBy(p => p.Key, StringComparer.Ordinal), credited.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    /// <summary>Debits equal credits; nothing is negative that must not be; nothing is left on the way.</summary>
    private static void CheckLedger(MoneyWorld world)
    {
        var accounts = world.Rows(AccountsTable.Table);
        Assert.Equal(accounts.Sum(a => a.Columns[AccountsTable.Debits].Integer), accounts.Sum(a => a.Columns[AccountsTable.Credits].Integer));
        foreach (var account in accounts)
        {
            var balance = account.Columns[AccountsTable.Credits].Integer - account.Columns[AccountsTable.Debits].Integer;
            Assert.True(balance >= 0 || Account.MayBeNegative(account.Key[0].Text), $"{account.Key[0]} is {balance}");
            if (account.Key[0].Text.StartsWith("payout:", StringComparison.Ordinal) || account.Key[0].Text.StartsWith("refund:", StringComparison.Ordinal))
                Assert.True(balance == 0, $"{account.Key[0]} keeps {balance}");
            Assert.True(account.Columns[AccountsTable.PendingOut].Integer == 0, $"{account.Key[0]} has money on its way out");
        }

        var owed = -world.Balance(Account.Owed(MoneyWorld.RequesterId));
        Assert.True(owed == 0 || world.Balance(Account.Available(MoneyWorld.RequesterId)) == 0, "something is available while something is owed");
        Assert.True(owed == 0 || world.Rows(JobsTable.Table).TrueForAll(j => j.Columns[JobsTable.Status].Text != "open"), "a job is open while something is owed");
    }

    /// <summary>The provider's own books and ours come to the same.</summary>
    private static void CheckBooks(MoneyWorld world)
    {
        foreach (var row in world.Rows(ProviderBooksTable.Table))
        {
            Assert.True(row.Columns[ProviderBooksTable.Ours] == row.Columns[ProviderBooksTable.Theirs],
                $"{row.Key[0]} comes to {row.Columns[ProviderBooksTable.Ours]} here and {row.Columns[ProviderBooksTable.Theirs]} there");
        }

        Assert.Equal(world.Stripe.Books.Balance(StandInBooks.Platform, "usd") * Cent, -world.Balance(Account.Provider));
    }
}
