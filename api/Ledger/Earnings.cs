using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Ledger;

/// <summary>What a worker's answers came to, in one currency. Amounts are in millionths of its unit.</summary>
[GraphQLName("Earnings")]
public sealed class EarningsView
{
    public string Currency { get; set; } = "";

    /// <summary>Answers that wait to be accepted or rejected.</summary>
    public int PendingCount { get; set; }

    /// <summary>What they pay if all are accepted.</summary>
    [GraphQLName("pendingMicros")]
    public long Pending { get; set; }

    /// <summary>Earned and not paid out.</summary>
    [GraphQLName("availableMicros")]
    public long Available { get; set; }

    /// <summary>On its way through the payment provider.</summary>
    [GraphQLName("inTransitMicros")]
    public long InTransit { get; set; }

    /// <summary>Paid out.</summary>
    [GraphQLName("paidMicros")]
    public long Paid { get; set; }
}

/// <summary>What the caller earns.</summary>
public static class EarningsQueries
{
    /// <summary>The caller's earnings by currency. For workers.</summary>
    public static Task<IReadOnlyList<EarningsView>> GetMyEarningsAsync(Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        var worker = caller.RequireWorker();
        return reads.ListAsync<EarningsView>(
            """
            select currency, sum(pending_count) as pending_count, sum(pending) as pending, sum(available) as available, sum(in_transit) as in_transit, sum(paid) as paid from (
              select j.currency, count(*) as pending_count, sum(a.pay) as pending, 0 as available, 0 as in_transit, 0 as paid
                from assignments a join jobs j on j.job_id = a.job_id where a.worker_id = @worker and a.status = 'submitted' group by j.currency
              union all select currency, 0, 0, credits - debits, 0, 0 from accounts where account = @account
              union all select currency, 0, 0, 0,
                sum(case when status in ('requested', 'started') then amount else 0 end), sum(case when status = 'posted' then amount else 0 end)
                from payouts where worker_id = @worker group by currency
            ) as parts group by currency order by currency
            """,
            new { worker = worker.Value, account = Account.Earned(worker) }, cancellationToken);
    }
}
