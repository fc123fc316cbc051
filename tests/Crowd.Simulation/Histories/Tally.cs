using Crowd.Marketplace.Tables;
using Crowd.StandIn;

namespace Crowd.Simulation.Histories;

/// <summary>Counts what histories were made of.</summary>
internal sealed class Tally
{
    /// <summary>What must have happened somewhere.</summary>
    private static readonly string[] Rare =
        ["payouts by schedule", "payouts paid by hand", "payouts posted", "payouts returned", "payouts voided", "debts repaid", "disputes not covered", "jobs paused"];

    public int Histories { get; private set; }

    public int[] Faults { get; } = new int[Enum.GetValues<StandInFault>().Length];

    public int[] Others { get; } = new int[Enum.GetValues<Fault>().Length];

    public SortedDictionary<string, int> Things { get; } = new(StringComparer.Ordinal);

    public void Count(MoneyWorld world, Chance chance)
    {
        Histories++;
        for (var i = 0; i < Others.Length; i++)
            Others[i] += chance.Faults[i];
        foreach (var name in Rare)
            Add(name, 0);
        Add("top-ups", world.Rows(TopUpsTable.Table).Count);
        Add("refunds", world.Rows(RefundsTable.Table).Count);
        Add("disputes", world.Rows(DisputesTable.Table).Count);
        Add("bonuses", world.Rows(BonusesTable.Table).Count);
        foreach (var payout in world.Rows(PayoutsTable.Table))
            Add($"payouts {(payout.Columns[PayoutsTable.Returned].Integer > 0 ? "returned" : payout.Columns[PayoutsTable.Status].Text)}", 1);
        var inbox = world.Rows(InboxTable.Table);
        Add("events", inbox.Count);
        Add("events fetched", inbox.Count(e => e.Columns[InboxTable.Fetched].Integer == 1));
        var messages = world.Stripe.Webhooks;
        Add("messages", messages.Delivered);
        Add("messages late", messages.Late);
        Add("messages out of order", messages.Overtaking);
        Add("messages repeated", messages.Repeated);
        Add("messages that never came", messages.Unsent);
        Add("disputes lost", world.Rows(DisputesTable.Table).Count(d => d.Columns[DisputesTable.Status].Text == "lost"));
        Add("disputes won", world.Rows(DisputesTable.Table).Count(d => d.Columns[DisputesTable.Status].Text == "won"));
        Add("bank payouts failed", world.Stripe.All("payout").Count(p => (string?)p["status"] == "failed"));
        foreach (var (_, e) in world.Log())
        {
            if (e is WorkerEvent.PayoutRequested { ScheduledFor: not null })
                Add("payouts by schedule", 1);
            else if (e is PayoutEvent.FoundPaid)
                Add("payouts paid by hand", 1);
            else if (e is WorkerEvent.DebtRecovered or RequesterEvent.DebtRepaid)
                Add("debts repaid", 1);
            else if (e is RequesterEvent.DisputeOpened { OwedMicros: > 0 })
                Add("disputes not covered", 1);
            else if (e is JobEvent.Paused)
                Add("jobs paused", 1);
        }
    }

    public void Add(Tally other)
    {
        Histories += other.Histories;
        for (var i = 0; i < Faults.Length; i++)
            Faults[i] += other.Faults[i];
        for (var i = 0; i < Others.Length; i++)
            Others[i] += other.Others[i];
        foreach (var (name, count) in other.Things)
            Add(name, count);
    }

    public override string ToString() =>
        $"{Histories:N0} histories: {string.Join(", ", Things.Select(t => $"{t.Value:N0} {t.Key}"))}. "
        + $"Faults of the network: {string.Join(", ", Enum.GetValues<StandInFault>().Where(f => f != StandInFault.None).Select(f => $"{f} {Faults[(int)f]:N0}"))}. "
        + $"Faults of the server: {string.Join(", ", Enum.GetValues<Fault>().Where(f => Others[(int)f] > 0).Select(f => $"{f} {Others[(int)f]:N0}"))}.";

    private void Add(string name, int count) => Things[name] = Things.GetValueOrDefault(name) + count;
}
