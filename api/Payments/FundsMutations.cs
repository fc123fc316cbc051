using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Requesters;

namespace Crowd.Api.Payments;

/// <summary>Mutations of an organisation's money. For owners.</summary>
public static class FundsMutations
{
    /// <summary>
    /// Pays money in through the payment provider. With the sandbox it is there at once; else ask for the top-up: somebody pays at its <c>payAt</c>, and the
    /// money is there when the provider says so. The same top-up again changes nothing.
    /// </summary>
    /// <param name="amountMicros">In whole minor units of the currency.</param>
    /// <param name="topUp">An id made by the caller (<c>top_</c> and 26 characters), so that a repeated call has one effect.</param>
    /// <param name="returnTo">Where the person comes back to after paying: a path on this server.</param>
    public static async Task<TopUpId> TopUpAsync(
        RequesterId requester, long amountMicros, TopUpId? topUp, Caller caller, IGrainFactory grains, IIdSource ids, ApiOptions options, string currency = "USD", string returnTo = "/")
    {
        caller.RequireMember(requester, MemberRole.Owner);
        if (!Currency.TryParse(currency, out var known))
            throw Refusals.Invalid($"'{currency}' is not a currency: give three letters of ISO 4217.");
        var id = topUp ?? ids.Next<TopUpId>();
        (await grains.GetGrain<ITopUpGrain>(id.Value).StartAsync(requester, new(amountMicros, known), ReturnAddress.Of(returnTo, options), caller.Actor)).OrThrow();
        return id;
    }

    /// <summary>
    /// Sends unused money of a top-up back to whom it came from: at most what is available and what is left of the top-up. The same refund again changes nothing.
    /// </summary>
    /// <param name="amountMicros">In whole minor units of the top-up's currency.</param>
    /// <param name="refund">An id made by the caller (<c>rfd_</c> and 26 characters), so that a repeated call has one effect.</param>
    public static async Task<RefundId> RefundTopUpAsync(
        RequesterId requester, TopUpId topUp, long amountMicros, RefundId? refund, Caller caller, IGrainFactory grains, IIdSource ids)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        return (await grains.GetGrain<IRequesterGrain>(requester.Value).RefundAsync(refund ?? ids.Next<RefundId>(), topUp, amountMicros, caller.Actor)).OrThrow();
    }

    /// <summary>Pays a worker who answered on a job more than the price of the answers, with the job's fee on top. The same bonus again changes nothing.</summary>
    /// <param name="amountMicros">What the worker gets, in the job's currency.</param>
    /// <param name="reason">What for; the worker sees it.</param>
    /// <param name="bonus">An id made by the caller (<c>bon_</c> and 26 characters), so that a repeated call has one effect.</param>
    public static async Task<BonusId> PayBonusAsync(
        RequesterId requester, JobId job, WorkerId worker, long amountMicros, string reason, BonusId? bonus, Caller caller, IGrainFactory grains, IIdSource ids)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        return (await grains.GetGrain<IRequesterGrain>(requester.Value).PayBonusAsync(bonus ?? ids.Next<BonusId>(), job, worker, amountMicros, reason, caller.Actor)).OrThrow();
    }
}
