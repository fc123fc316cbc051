using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Payments;

/// <summary>
/// Once an hour: fetches events whose message never came and the lines of the provider's own books, and compares those books with the ledger. Payouts by schedule are
/// made with it. With a provider inside the process there is nothing to compare.
/// </summary>
public sealed partial class Reconciler(IGrainFactory grains, IJournal journal, IPaymentProvider payments, TimeProvider time, ILogger<Reconciler> logger)
{
    private const string Checkpoint = "reconciliation";

    /// <summary>Most pages of one list in one run; the next run goes on.</summary>
    private const int PageLimit = 1_000;

    /// <summary>Most differences that are reported one by one.</summary>
    private const int ReportLimit = 1_000;

    /// <summary>How far back the first run looks: as long as the provider keeps events.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(30);

    /// <summary>How far each run looks back behind the last one: lists may be late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private readonly PaymentKeeper _keeper = new(grains, journal);
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Time between two runs: an hour.</summary>
    public static TimeSpan Interval => TimeSpan.FromHours(1);

    /// <summary>How long what moved may be known to one side only before it counts as a difference: 15 minutes.</summary>
    public static TimeSpan Grace => TimeSpan.FromMinutes(15);

    /// <summary>Runs if an hour has passed since the last time.</summary>
    public async Task RunIfDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _last < Interval)
            return;
        _last = now;
        var failures = new List<Exception>();
        await _keeper.PayOutAsync(failures, cancellationToken);
        await Keeper.TryAsync(failures, () => RunAsync(cancellationToken));
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    /// <summary>Fetches and compares now; gives what differs, the first thousand.</summary>
    /// <exception cref="ProviderUnavailableException">The provider could not be asked; the next run begins where this one did.</exception>
    public async Task<IReadOnlyList<Difference>> RunAsync(CancellationToken cancellationToken)
    {
        if (!payments.IsExternal)
            return [];
        var begun = time.GetUtcNow();
        var seconds = await journal.ReadCheckpointAsync(Checkpoint, cancellationToken);
        var since = seconds == 0 ? begun - FirstLook : DateTimeOffset.FromUnixTimeSeconds(seconds) - Overlap;
        var missed = await FetchEventsAsync(since, null, cancellationToken);
        await foreach (var row in journal.ReadAllAsync(WorkersTable.Table, [("payee_submitted", true)], cancellationToken))
            missed += await FetchEventsAsync(since, row.Columns[WorkersTable.Payee].Text, cancellationToken);
        await foreach (var row in journal.ReadAllAsync(WorkersTable.Table, [("payee_ready", false)], cancellationToken))
            await grains.GetGrain<IWorkerGrain>(row.Key[0].Text).RefreshPayeeAsync();
        var lines = await FetchMovementsAsync(since, cancellationToken);
        await journal.WriteCheckpointAsync(Checkpoint, begun.ToUnixTimeSeconds(), cancellationToken);

        var differences = await CompareAsync(begun - Grace, cancellationToken);
        LogRun(missed, lines, differences.Count);
        foreach (var one in differences)
            LogDifference(one.Source, one.Currency, one.OursMicros, one.TheirsMicros);
        return differences;
    }

    /// <summary>What either side of the books has that the other has not, the first thousand by the provider's ids.</summary>
    /// <param name="before">Only what was last touched before this.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Difference>> CompareAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var found = new List<Difference>();
        await foreach (var row in journal.ScanAsync(ProviderBooksTable.Table, cancellationToken))
        {
            var (ours, theirs) = (row.Columns[ProviderBooksTable.Ours].Integer, row.Columns[ProviderBooksTable.Theirs].Integer);
            if (ours != theirs && row.Columns[ProviderBooksTable.TouchedAt].Integer < before.ToMicroseconds() && found.Count < ReportLimit)
                found.Add(new(row.Key[0].Text, row.Key[1].Text, ours, theirs));
        }

        return found;
    }

    private async Task<int> FetchEventsAsync(DateTimeOffset since, string? payee, CancellationToken cancellationToken)
    {
        var missed = 0;
        string? after = null;
        for (var i = 0; i < PageLimit; i++)
        {
            var page = await payments.ListEventsAsync(since, payee, after, cancellationToken);
            foreach (var received in page.Items)
            {
                var key = ProviderKeys.Event(payments.Name, received.Event.Id);
                if (await journal.ReadRowAsync(InboxTable.Table, [key], cancellationToken) is null && await grains.GetGrain<IInboxGrain>(key).ReceiveAsync(received, fetched: true))
                    missed++;
            }

            if ((after = page.Next) is null)
                break;
        }

        return missed;
    }

    private async Task<int> FetchMovementsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var lines = 0;
        string? after = null;
        for (var i = 0; i < PageLimit; i++)
        {
            var page = await payments.ListMovementsAsync(since, after, cancellationToken);
            foreach (var movement in page.Items)
            {
                if (await journal.ReadRowAsync(MovementsTable.Table, [movement.Id], cancellationToken) is not null)
                    continue;
                await grains.GetGrain<IMovementGrain>(ProviderKeys.Movement(movement.Id)).NoteAsync(movement);
                lines++;
            }

            if ((after = page.Next) is null)
                break;
        }

        return lines;
    }

    [LoggerMessage(6001, LogLevel.Information, "Reconciled with the payment provider: {Events} events whose message had not come, {Lines} new lines in its books, {Differences} differences.")]
    private partial void LogRun(int events, int lines, int differences);

    [LoggerMessage(6002, LogLevel.Error, "The books differ: {Source} comes to {Ours} micros of {Currency} in the ledger and to {Theirs} at the payment provider.")]
    private partial void LogDifference(string source, string currency, long ours, long theirs);
}

/// <summary>Something that the ledger and the provider's books do not agree on.</summary>
/// <param name="Source">The provider's id of the payment, refund, dispute or transfer.</param>
/// <param name="Currency">The currency.</param>
/// <param name="OursMicros">What it comes to in the ledger, positive for what came in.</param>
/// <param name="TheirsMicros">What it comes to at the provider.</param>
public sealed record Difference(string Source, string Currency, long OursMicros, long TheirsMicros);
