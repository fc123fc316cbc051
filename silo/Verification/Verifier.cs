using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Silo.Verification;

/// <summary>
/// Checks a database: the log has no holes, every stream replays, snapshots are what replay gives, the read models are what the log gives, the ledger
/// balances, no account is negative that must not be, every accepted answer was paid exactly once, and every escrow covers what is reserved in it.
/// </summary>
public sealed class Verifier(IJournal journal)
{
    private const int Page = 10_000;

    /// <summary>Runs all checks. The database must not be written to meanwhile.</summary>
    /// <param name="progress">Told the position reached and the last one.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task<IReadOnlyList<Check>> RunAsync(Action<long, long> progress, CancellationToken cancellationToken)
    {
        var log = new LogChecks();
        var last = await journal.LastPositionAsync(cancellationToken);
        for (var position = 0L; position < last;)
        {
            var events = await journal.ReadLogAsync(position, Page, cancellationToken);
            if (events.Count == 0)
                break;
            foreach (var e in events)
                log.Take(e);
            position = events[^1].Position;
            progress(position, last);
        }

        return
        [
            .. log.Results(last),
            await SnapshotsAsync(log, cancellationToken),
            await ReadModelsAsync(cancellationToken),
            .. await LedgerAsync(log, cancellationToken),
            await EscrowsAsync(cancellationToken),
        ];
    }

    /// <summary>A snapshot is what replaying the stream up to its version gives. Those of other builds are read by nobody.</summary>
    private async Task<Check> SnapshotsAsync(LogChecks log, CancellationToken cancellationToken)
    {
        var tally = new Tally("snapshots are what replay gives");
        foreach (var stream in log.LongStreams)
        {
            if (await journal.ReadSnapshotAsync(stream, cancellationToken) is not { } snapshot || StateSnapshot.Read(snapshot.Data) is not { } state)
                continue;
            try
            {
                var replayed = await Replay.StateAsync(journal, stream, snapshot.Version, cancellationToken);
                var kept = JsonDocument.Parse(state).RootElement;
                tally.Want(replayed is not null && JsonElement.DeepEquals(kept, JsonDocument.Parse(replayed).RootElement), () => $"{stream} at version {snapshot.Version}");
            }
            catch (Exception broken) when (LogChecks.IsBroken(broken))
            {
                tally.Want(false, () => $"{stream} at version {snapshot.Version}: {broken.Message}");
            }
        }

        return tally.Result();
    }

    private async Task<Check> ReadModelsAsync(CancellationToken cancellationToken)
    {
        var tally = new Tally("read models equal a rebuild");
        tally.Examine(AllTables.List.Count(t => !t.BesideLog));
        try
        {
            foreach (var difference in await journal.CompareWithLogAsync(ReadModels.Project, Tally.Examples, cancellationToken))
            {
                var key = (difference.Stored ?? difference.Rebuilt)!.Key;
                tally.Fault($"{difference.Table.Name} {string.Join('/', key)}: {(difference.Stored is null ? "missing" : difference.Rebuilt is null ? "not in the log" : "differs")}");
            }
        }
        catch (Exception broken) when (LogChecks.IsBroken(broken))
        {
            tally.Fault($"the log cannot be read for a rebuild: {broken.Message}");
        }

        return tally.Result();
    }

    /// <summary>Accounts add up, to what the log's transfers give; none is negative that must not be.</summary>
    private async Task<IReadOnlyList<Check>> LedgerAsync(LogChecks log, CancellationToken cancellationToken)
    {
        var balanced = new Tally("debits equal credits");
        var totals = new Tally("balances are the sums of their transfers");
        var negative = new Tally("no account is negative that must not be");
        var (debits, credits) = (new Dictionary<string, Int128>(StringComparer.Ordinal), new Dictionary<string, Int128>(StringComparer.Ordinal));
        var seen = 0;
        await foreach (var row in RowsAsync(AccountsTable.Table, cancellationToken))
        {
            var (account, currency) = (row.Key[0].Text, row.Key[1].Text);
            var (credit, debit) = (row.Columns[AccountsTable.Credits].Integer, row.Columns[AccountsTable.Debits].Integer);
            debits[currency] = debits.GetValueOrDefault(currency) + debit;
            credits[currency] = credits.GetValueOrDefault(currency) + credit;
            totals.Want(log.Accounts.GetValueOrDefault((account, currency)) == (credit, debit), () => $"{account} {currency}");
            negative.Want(credit >= debit || Account.MayBeNegative(account), () => $"{account}: {credit - debit} micros of {currency}");
            seen++;
        }

        totals.Want(seen == log.Accounts.Count, () => $"{log.Accounts.Count} accounts were used, {seen} are kept");
        foreach (var (currency, sum) in debits)
            balanced.Want(sum == credits[currency], () => $"{currency}: debits {sum}, credits {credits[currency]}");
        return [balanced.Result(), totals.Result(), negative.Result()];
    }

    /// <summary>What is left in a job's escrow covers every answer that may still have to be paid.</summary>
    private async Task<Check> EscrowsAsync(CancellationToken cancellationToken)
    {
        var tally = new Tally("escrows cover what is reserved");
        await foreach (var row in RowsAsync(JobsTable.Table, cancellationToken))
        {
            var left = row.Columns[JobsTable.Held].Integer - row.Columns[JobsTable.Spent].Integer - row.Columns[JobsTable.Returned].Integer;
            tally.Want(left >= row.Columns[JobsTable.Reserved].Integer && row.Columns[JobsTable.Reserved].Integer >= 0,
                () => $"{row.Key[0]}: {left} micros are left, {row.Columns[JobsTable.Reserved]} are reserved");
        }

        return tally.Result();
    }

    private async IAsyncEnumerable<Row> RowsAsync(Table table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(new(table) { After = after, Limit = Page }, cancellationToken);
            foreach (var row in rows)
                yield return row;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }
}
