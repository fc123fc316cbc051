using System.Globalization;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Ledger;

/// <summary>An account of the ledger. Amounts are in millionths of the currency's unit.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="BalanceMicros">Credits less debits.</param>
/// <param name="CreditsMicros">All that came in.</param>
/// <param name="DebitsMicros">All that went out.</param>
/// <param name="PendingInMicros">What is awaited and not in the balance yet.</param>
/// <param name="PendingOutMicros">What was put aside, is out of the balance and has not left for good.</param>
[GraphQLName("Account")]
public sealed record AccountView(string Name, string Currency, long BalanceMicros, long CreditsMicros, long DebitsMicros, long PendingInMicros, long PendingOutMicros);

/// <summary>A line of a statement.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="At">When.</param>
/// <param name="AmountMicros">Positive for what came in, negative for what went out.</param>
/// <param name="BalanceMicros">The balance after it.</param>
/// <param name="Kind">
/// Why: topUp, hold, pay, fee, release, bonus, payoutReserved, payoutPosted, payoutVoided, payoutReturned, payoutFound, refundReserved, refundPosted,
/// refundVoided, disputeHeld, disputeTaken, disputeWon, disputeLost, debtRepaid, providerFee, platform.
/// </param>
/// <param name="Counterparty">The other account.</param>
/// <param name="Reference">The assignment, hold, job, top-up, refund, dispute, bonus or payout that it is for.</param>
public sealed record StatementLine(string Id, DateTimeOffset At, long AmountMicros, long BalanceMicros, string Kind, string Counterparty, string Reference);

/// <summary>Queries of the ledger.</summary>
public static class StatementQueries
{
    /// <summary>The account of an organisation (its available funds), a worker (earned, not paid out), a job (its escrow) or the platform, for those it belongs to.</summary>
    /// <param name="of">
    /// A requester's, worker's or job's id; <c>owed:</c> and a requester's or worker's id for what is owed (negative); or, for administrators, <c>platform:</c> and
    /// fees, appeals, provider, in-dispute, processing or owner.
    /// </param>
    public static async Task<IReadOnlyList<AccountView>> GetAccountsAsync(string of, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        var account = await NameAsync(of, caller, jobs, cancellationToken);
        return [.. (await reads.ListAsync<AccountRow>("select account, currency, credits, debits, pending_in, pending_out from accounts where account = @account order by currency", new { account }, cancellationToken))
            .Select(r => new AccountView(r.Account, r.Currency, r.Credits - r.Debits, r.Credits, r.Debits, r.PendingIn, r.PendingOut))];
    }

    /// <summary>The movements on an account, oldest first, each with the balance after it. Accounts of other currencies are not mixed in.</summary>
    /// <param name="of">As for accounts.</param>
    /// <param name="currency">The currency.</param>
    public static async Task<Connection<StatementLine>> GetStatementAsync(
        string of, int? first, string? after, int? last, string? before, Caller caller, Reads reads, JobReads jobs, AssignmentSeal seal, CancellationToken cancellationToken,
        string currency = "USD")
    {
        var account = await NameAsync(of, caller, jobs, cancellationToken);
        var page = Page.From(first, after, last, before);
        var (at, id) = ReadCursor(page.Cursor, seal);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var parameters = new { account, currency, at, id, limit = page.Limit };
        var from = page.Cursor is null ? "" : $" and (at {compare} @at or (at = @at and transfer_id {compare} @id))";
        var rows = await reads.ListAsync<TransferRow>(
            $"""
            select transfer_id, at, -amount as amount, kind, credit as other, reference from transfers where debit = @account and currency = @currency{from}
            union all
            select transfer_id, at, amount, kind, debit as other, reference from transfers where credit = @account and currency = @currency{from}
            order by at {order}, transfer_id {order} limit @limit
            """, parameters, cancellationToken);
        var lines = rows.Select(r => new StatementLine(r.TransferId, Instants.FromMicroseconds(r.At), r.Amount, 0, r.Kind, r.Other, seal.CloseAll(r.Reference))).ToArray();
        if (lines.Length > 0)
            await BalanceAsync(lines, page.IsBackward, account, currency, reads, cancellationToken);
        for (var i = 0; i < lines.Length; i++)
            lines[i] = lines[i] with { Id = seal.CloseTransfer(lines[i].Id) };
        return page.Of(lines, CursorOf, async token => (int)await reads.FirstAsync<long>(
            "select (select count(*) from transfers where debit = @account and currency = @currency) + (select count(*) from transfers where credit = @account and currency = @currency)", parameters, token));
    }

    /// <summary>Works out the balance after each line from the sum of all lines up to the first.</summary>
    private static async Task BalanceAsync(StatementLine[] lines, bool isBackward, string account, string currency, Reads reads, CancellationToken cancellationToken)
    {
        var first = lines[isBackward ? ^1 : 0];
        var balance = await reads.FirstAsync<long>(
            """
            select cast(coalesce((select sum(amount) from transfers where credit = @account and currency = @currency and (at < @at or (at = @at and transfer_id < @id))), 0)
                - coalesce((select sum(amount) from transfers where debit = @account and currency = @currency and (at < @at or (at = @at and transfer_id < @id))), 0) as bigint)
            """, new { account, currency, at = first.At.ToMicroseconds(), id = first.Id }, cancellationToken);
        for (var i = 0; i < lines.Length; i++)
        {
            ref var line = ref lines[isBackward ? lines.Length - 1 - i : i];
            balance += line.AmountMicros;
            line = line with { BalanceMicros = balance };
        }
    }

    private static string CursorOf(StatementLine line) => $"{line.At.ToMicroseconds()}/{line.Id}";

    private static (long At, string Id) ReadCursor(string? cursor, AssignmentSeal seal)
    {
        if (cursor is null)
            return (0, "");
        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && long.TryParse(cursor.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? (at, seal.OpenTransfer(cursor[(slash + 1)..]))
            : throw new GraphQLException($"'{cursor}' is not a cursor of this list.", ErrorCodes.BadUserInput);
    }

    private static async Task<string> NameAsync(string of, Caller caller, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        if (Id.TryParse<RequesterId>(of, out var requester))
        {
            caller.RequireMember(requester, MemberRole.Viewer);
            return Account.Available(requester);
        }

        if (Id.TryParse<WorkerId>(of, out var worker))
        {
            if (caller.Worker != worker)
                caller.RequireAdministrator();
            return Account.Earned(worker);
        }

        if (Id.TryParse<JobId>(of, out var job))
        {
            await jobs.ForMemberAsync(job, caller, MemberRole.Viewer, cancellationToken);
            return Account.Escrow(job);
        }

        const string Owed = "owed:";
        if (of.StartsWith(Owed, StringComparison.Ordinal))
        {
            var whose = of[Owed.Length..];
            if (Id.TryParse<RequesterId>(whose, out requester) || Id.TryParse<WorkerId>(whose, out worker))
            {
                await NameAsync(whose, caller, jobs, cancellationToken);
                return of;
            }
        }

        caller.RequireAdministrator();
        return Account.IsPlatform(of) ? of : throw Refusals.NotFound("such account");
    }

    private sealed class AccountRow
    {
        public string Account { get; set; } = "";

        public string Currency { get; set; } = "";

        public long Credits { get; set; }

        public long Debits { get; set; }

        public long PendingIn { get; set; }

        public long PendingOut { get; set; }
    }

    private sealed class TransferRow
    {
        public string TransferId { get; set; } = "";

        public long At { get; set; }

        public long Amount { get; set; }

        public string Kind { get; set; } = "";

        public string Other { get; set; } = "";

        public string Reference { get; set; } = "";
    }
}
