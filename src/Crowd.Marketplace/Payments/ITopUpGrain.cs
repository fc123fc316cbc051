using Crowd.Domain;

namespace Crowd.Marketplace.Payments;

/// <summary>One top-up on its way through the provider. Key: the top-up's id.</summary>
public interface ITopUpGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins the top-up. Paid at once, it is credited when this returns; else it says where a person pays. The same again changes nothing. Should the server
    /// stop in between, it is gone on with by itself.
    /// </summary>
    /// <param name="requester">Who pays.</param>
    /// <param name="amount">How much, in whole minor units.</param>
    /// <param name="returnTo">Where the person goes after paying.</param>
    /// <param name="actor">Who asks.</param>
    Task<Outcome<TopUpStanding>> StartAsync(RequesterId requester, Money amount, Uri returnTo, string actor);

    /// <summary>Asks the provider again when what it said is not known.</summary>
    Task ResumeAsync();

    /// <summary>Takes in that it was paid, and credits it; false for a top-up that is not ours.</summary>
    Task<bool> PaidAsync(string payment, Money amount);

    /// <summary>Takes in that an attempt failed, or (without a reason) that it expired; false for a top-up that is not ours.</summary>
    Task<bool> FailedAsync(string? reason);
}

/// <summary>Where a top-up is.</summary>
/// <param name="Id">The top-up.</param>
/// <param name="Status">Pending or paid.</param>
/// <param name="PayAt">Where a person pays; null when nobody needs to.</param>
public sealed record TopUpStanding(TopUpId Id, TopUpStatus Status, Uri? PayAt);
