using Crowd.Domain;

namespace Crowd.Marketplace.Payments;

/// <summary>One event of the provider's, journalled once and processed afterwards. Key: <see cref="ProviderKeys.Event"/>.</summary>
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Journals the event; what follows from it comes later. The same event again changes nothing.</summary>
    /// <param name="received">The event, whose signature was checked or which was fetched.</param>
    /// <param name="fetched">True when it was fetched, false when it was sent to us.</param>
    /// <returns>True when it is new.</returns>
    Task<bool> ReceiveAsync(ReceivedEvent received, bool fetched);

    /// <summary>Does what follows from the event, once; leaves it waiting when that is not possible yet.</summary>
    Task ProcessAsync();
}

/// <summary>Keys of grains that are named after what the provider calls things.</summary>
public static class ProviderKeys
{
    /// <summary>The key of an event.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="id">The provider's id of the event.</param>
    public static string Event(string provider, string id) => $"inbox_{provider}_{id}";

    /// <summary>The key of a line of the provider's books, by the provider's id of it.</summary>
    public static string Movement(string id) => $"movement_{id}";
}
