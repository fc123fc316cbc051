using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Reactors;

/// <summary>
/// Keeps alive what time must go on for: open jobs, whose leases end, and payouts whose outcome is not known. Run at the start and then at
/// <see cref="Interval"/>.
/// </summary>
public sealed class Keeper(IGrainFactory grains, IJournal journal)
{
    private const int Page = 1_000;

    private static readonly string[] LiveStatuses = ["open", "paused", "closing"];

    /// <summary>Time between two rounds: 30 seconds. It is also how long a payout of unknown outcome waits to be sent again.</summary>
    public static TimeSpan Interval => TimeSpan.FromSeconds(30);

    /// <summary>Wakes them all; one that fails does not keep the others asleep.</summary>
    /// <exception cref="AggregateException">Some could not be woken; the next round tries again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var status in LiveStatuses)
        {
            await foreach (var row in RowsAsync(JobsTable.Table, status, cancellationToken))
                await TryAsync(failures, () => grains.GetGrain<IJobGrain>(row.Key[0].Text).WakeAsync());
        }

        await foreach (var row in RowsAsync(PayoutsTable.Table, "started", cancellationToken))
        {
            _ = Currency.TryParse(row.Columns[PayoutsTable.Currency].Text, out var currency);
            await TryAsync(failures, () => grains.GetGrain<IPayoutGrain>(row.Key[0].Text)
                .SendAsync(WorkerId.From(row.Columns[PayoutsTable.WorkerId].Text), new(row.Columns[PayoutsTable.Amount].Integer, currency)));
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    private static async Task TryAsync(List<Exception> failures, Func<Task> wake)
    {
        try
        {
            await wake();
        }
        catch (Exception e)
        {
            failures.Add(e);
        }
    }

    private async IAsyncEnumerable<Row> RowsAsync(Table table, string status, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(new(table) { Where = [("status", status)], After = after, Limit = Page }, cancellationToken);
            foreach (var row in rows)
                yield return row;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }
}
