using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;

namespace Crowd.Marketplace.Payments;

/// <summary>The keeper's round through money that is under way: whatever the provider has not answered is asked again, and what waits is tried again.</summary>
internal sealed class PaymentKeeper(IGrainFactory grains, IJournal journal)
{
    private static readonly string[] Unsent = ["requested", "started"];

    /// <summary>Does the round; what fails is kept and does not stop the rest.</summary>
    public async Task RunAsync(List<Exception> failures, CancellationToken cancellationToken)
    {
        await foreach (var row in With(TopUpsTable.Table, "status", "started", cancellationToken))
            await Keeper.TryAsync(failures, () => grains.GetGrain<ITopUpGrain>(row.Key[0].Text).ResumeAsync());

        foreach (var status in Unsent)
        {
            await foreach (var row in With(RefundsTable.Table, "status", status, cancellationToken))
            {
                await Keeper.TryAsync(failures, () => grains.GetGrain<IRefundGrain>(row.Key[0].Text).SendAsync(
                    RequesterId.From(row.Columns[RefundsTable.RequesterId].Text), TopUpId.From(row.Columns[RefundsTable.TopUpId].Text),
                    row.Columns[RefundsTable.Payment].Text, Amount(row, RefundsTable.Amount, RefundsTable.Currency)));
            }
        }

        await foreach (var row in With(PayoutsTable.Table, "status", "started", cancellationToken))
        {
            var payee = row.Columns[PayoutsTable.Payee];
            await Keeper.TryAsync(failures, () => grains.GetGrain<IPayoutGrain>(row.Key[0].Text).SendAsync(
                WorkerId.From(row.Columns[PayoutsTable.WorkerId].Text), Amount(row, PayoutsTable.Amount, PayoutsTable.Currency), payee.IsNull ? null : payee.Text));
        }

        await foreach (var row in With(PayoutsTable.Table, "recall", "asked", cancellationToken))
            await Keeper.TryAsync(failures, () => grains.GetGrain<IPayoutGrain>(row.Key[0].Text).ResumeRecallAsync());
        await foreach (var row in With(InboxTable.Table, "status", "received", cancellationToken))
            await Keeper.TryAsync(failures, () => grains.GetGrain<IInboxGrain>(row.Key[0].Text).ProcessAsync());
    }

    /// <summary>Pays out what schedules ask for. Due once an hour.</summary>
    public async Task PayOutAsync(List<Exception> failures, CancellationToken cancellationToken)
    {
        await foreach (var row in With(WorkersTable.Table, "scheduled", true, cancellationToken))
            await Keeper.TryAsync(failures, () => grains.GetGrain<IWorkerGrain>(row.Key[0].Text).PayOutIfDueAsync());
    }

    private IAsyncEnumerable<Row> With(Table table, string column, Value value, CancellationToken cancellationToken) =>
        journal.ReadAllAsync(table, [(column, value)], cancellationToken);

    private static Money Amount(Row row, int amount, int currency)
    {
        _ = Currency.TryParse(row.Columns[currency].Text, out var known);
        return new(row.Columns[amount].Integer, known);
    }
}
