using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Reactors;

/// <summary>
/// Keeps alive what time must go on for: open jobs, whose leases end, gates with decisions that wait, and payments whose outcome is not
/// known. Run at the start and then at
/// <see cref="Interval"/>.
/// </summary>
public sealed class Keeper(IGrainFactory grains, IJournal journal)
{
    private static readonly string[] LiveStatuses = ["open", "paused", "closing"];

    private readonly PaymentKeeper _payments = new(grains, journal);

    /// <summary>Time between two rounds: 30 seconds. It is also how long a payment of unknown outcome waits to be sent again.</summary>
    public static TimeSpan Interval => TimeSpan.FromSeconds(30);

    /// <summary>Wakes them all; one that fails does not keep the others asleep.</summary>
    /// <exception cref="AggregateException">Some could not be woken; the next round tries again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var status in LiveStatuses)
        {
            await foreach (var row in journal.ReadAllAsync(JobsTable.Table, [("status", status)], cancellationToken))
                await TryAsync(failures, () => grains.GetGrain<IJobGrain>(row.Key[0].Text).WakeAsync());
        }

        await _payments.RunAsync(failures, cancellationToken);
        await foreach (var row in journal.ReadAllAsync(LoopsTable.Table, [], cancellationToken))
        {
            if (row.Columns[LoopsTable.Waiting].Integer > 0)
                await TryAsync(failures, () => grains.GetGrain<IGateGrain>(row.Key[0].Text).WakeAsync());
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    internal static async Task TryAsync(List<Exception> failures, Func<Task> wake)
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
}
