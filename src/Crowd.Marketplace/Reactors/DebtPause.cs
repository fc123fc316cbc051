using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Reactors;

/// <summary>Pauses the open jobs of requesters who owe money after a dispute: their funds no longer cover what the jobs' escrows hold. What is under way is still paid.</summary>
internal sealed class DebtPause(IGrainFactory grains, IJournal journal)
{
    private const string Reason = "The payment of the funds is disputed and they no longer cover the job.";

    /// <summary>Pauses every open job of the requester in a currency in which something is owed.</summary>
    public async Task PauseAsync(RequesterId requester, CancellationToken cancellationToken)
    {
        await foreach (var row in journal.ReadAllAsync(JobsTable.Table, [("requester_id", requester.Value), ("status", "open")], cancellationToken))
            await PauseAsync(row, cancellationToken);
    }

    /// <summary>Pauses a job that was opened while a dispute was being heard of.</summary>
    public async Task PauseAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await journal.ReadRowAsync(JobsTable.Table, [job.Value], cancellationToken) is { } row && row.Columns[JobsTable.Status].Text == "open")
            await PauseAsync(row, cancellationToken);
    }

    private async Task PauseAsync(Row job, CancellationToken cancellationToken)
    {
        _ = Currency.TryParse(job.Columns[JobsTable.Currency].Text, out var currency);
        var debt = await journal.BalanceAsync(Account.Owed(RequesterId.From(job.Columns[JobsTable.RequesterId].Text)), currency, cancellationToken);
        if (debt.Micros < 0)
            await grains.GetGrain<IJobGrain>(job.Key[0].Text).PauseAsync(Reason, "system");
    }
}
