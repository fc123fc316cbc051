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
[GraphQLName("Account")]
public sealed record AccountView(string Name, string Currency, long BalanceMicros, long CreditsMicros, long DebitsMicros);

/// <summary>A line of a statement.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="At">When.</param>
/// <param name="AmountMicros">Positive for what came in, negative for what went out.</param>
/// <param name="BalanceMicros">The balance after it.</param>
/// <param name="Kind">Why: topUp, hold, pay, fee, release, payoutReserved, payoutPosted, payoutVoided.</param>
/// <param name="Counterparty">The other account.</param>
/// <param name="Reference">The assignment, hold, job or payout that it is for.</param>
public sealed record StatementLine(string Id, DateTimeOffset At, long AmountMicros, long BalanceMicros, string Kind, string Counterparty, string Reference);

/// <summary>Queries of the ledger.</summary>
public static class StatementQueries
{
    private const int MostLines = 10_000;

    /// <summary>The account of an organisation (its available funds), a worker (earned, not paid out), a job (its escrow) or the platform, for those it belongs to.</summary>
    /// <param name="of">A requester's, worker's or job's id; or <c>platform:fees</c>, <c>platform:appeals</c>, <c>platform:provider</c> for administrators.</param>
    public static async Task<IReadOnlyList<AccountView>> GetAccountsAsync(string of, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        var account = await NameAsync(of, caller, jobs, cancellationToken);
        return [.. (await reads.ListAsync<AccountRow>("select account, currency, credits, debits from accounts where account = @account order by currency", new { account }, cancellationToken))
            .Select(r => new AccountView(r.Account, r.Currency, r.Credits - r.Debits, r.Credits, r.Debits))];
    }

    /// <summary>Every movement on an account, oldest first, with the running balance; at most the first 10,000.</summary>
    /// <param name="of">As for accounts.</param>
    /// <param name="currency">The currency.</param>
    public static async Task<IReadOnlyList<StatementLine>> GetStatementAsync(
        string of, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken, string currency = "USD")
    {
        var account = await NameAsync(of, caller, jobs, cancellationToken);
        var rows = await reads.ListAsync<TransferRow>(
            """
            select transfer_id, at, -amount as amount, kind, credit as other, reference from transfers where debit = @account and currency = @currency
            union all
            select transfer_id, at, amount, kind, debit as other, reference from transfers where credit = @account and currency = @currency
            order by at, transfer_id limit @limit
            """, new { account, currency, limit = MostLines }, cancellationToken);
        var balance = 0L;
        return [.. rows.Select(r => new StatementLine(r.TransferId, Instants.FromMicroseconds(r.At), r.Amount, balance += r.Amount, r.Kind, r.Other, r.Reference))];
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

        caller.RequireAdministrator();
        return of is Account.Fees or Account.Appeals or Account.Provider ? of : throw Refusals.NotFound("such account");
    }

    private sealed class AccountRow
    {
        public string Account { get; set; } = "";

        public string Currency { get; set; } = "";

        public long Credits { get; set; }

        public long Debits { get; set; }
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
