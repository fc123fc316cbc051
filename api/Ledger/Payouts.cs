using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Workers;

namespace Crowd.Api.Ledger;

/// <summary>Money leaving through the payment provider.</summary>
[GraphQLName("Payout")]
public sealed class PayoutView
{
    [GraphQLIgnore]
    public string PayoutId { get; set; } = "";

    [GraphQLIgnore]
    public long RequestedAt { get; set; }

    [GraphQLIgnore]
    public long? EndedAt { get; set; }

    public PayoutId Id => Domain.PayoutId.From(PayoutId);

    [GraphQLName("amountMicros")]
    public long Amount { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>requested, started, posted (paid) or voided (came back).</summary>
    public string Status { get; set; } = "";

    /// <summary>The provider's id of the transfer.</summary>
    public string? Reference { get; set; }

    /// <summary>What of it has come back from the worker's account at the provider.</summary>
    [GraphQLName("returnedMicros")]
    public long Returned { get; set; }

    /// <summary>Why it came back.</summary>
    public string? Reason { get; set; }

    [GraphQLName("requestedAt")]
    public DateTimeOffset Requested => Instants.FromMicroseconds(RequestedAt);

    [GraphQLName("endedAt")]
    public DateTimeOffset? Ended => EndedAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>Queries about payouts.</summary>
public static class PayoutQueries
{
    /// <summary>The caller's payouts, newest first, at most 500. For workers.</summary>
    public static async Task<IReadOnlyList<PayoutView>> GetMyPayoutsAsync(Caller caller, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<PayoutView>(
            "select payout_id, amount, currency, status, reference, returned, reason, requested_at, ended_at from payouts where worker_id = @worker order by payout_id desc limit 500",
            new { worker = caller.RequireWorker().Value }, cancellationToken);
}

/// <summary>Mutations of payouts.</summary>
public static class PayoutMutations
{
    /// <summary>Has earned money paid out. The same payout again changes nothing.</summary>
    /// <param name="amountMicros">In whole minor units of the currency; null for all that is available.</param>
    /// <param name="payout">An id made by the caller (<c>pay_</c> and 26 characters), so that a repeated call has one effect.</param>
    public static async Task<PayoutId> RequestPayoutAsync(
        long? amountMicros, PayoutId? payout, Caller caller, IGrainFactory grains, IIdSource ids, string currency = "USD")
    {
        var worker = caller.RequireWorker();
        if (!Currency.TryParse(currency, out var known))
            throw Refusals.Invalid($"'{currency}' is not a currency: give three letters of ISO 4217.");
        return (await grains.GetGrain<IWorkerGrain>(worker.Value).RequestPayoutAsync(payout ?? ids.Next<PayoutId>(), amountMicros, known, caller.Actor)).OrThrow();
    }
}
