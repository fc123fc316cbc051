namespace Crowd.Domain;

/// <summary>
/// Whoever moves real money: Stripe, or the sandbox. Every write has an id of ours as its idempotency key, for ever: the same call again has one
/// effect, however much later. A provider whose own keys expire looks for what was made under the id before it sends again; the instant of the
/// first call, which each write is given, tells it when that is needed. The same id with other content is refused.
/// </summary>
/// <remarks>Amounts that go out are in whole minor units. Nothing here throws for what a provider or a network does, except where it says so.</remarks>
public interface IPaymentProvider
{
    /// <summary>Name for people, for example <c>sandbox</c>.</summary>
    string Name { get; }

    /// <summary>False when no real money moves.</summary>
    bool IsReal { get; }

    /// <summary>
    /// True when the money lies outside, real or not: then workers need an account there to be paid to, and its events and books are fetched and compared. False for
    /// one that lives inside this process.
    /// </summary>
    bool IsExternal { get; }

    /// <summary>
    /// Takes money from the requester: at once (<see cref="PaymentOutcome.Done"/>, with the payment's reference) or once a person has paid at an address
    /// (<see cref="PaymentOutcome.Pending"/>, followed by <see cref="ProviderEvent.TopUpPaid"/>, <see cref="ProviderEvent.TopUpFailed"/> or
    /// <see cref="ProviderEvent.TopUpExpired"/>).
    /// </summary>
    /// <param name="topUp">The key.</param>
    /// <param name="requester">Who pays.</param>
    /// <param name="amount">Above 0, in whole minor units.</param>
    /// <param name="returnTo">Where the person goes when done, paid or not.</param>
    /// <param name="firstAskedAt">When this was first called.</param>
    /// <param name="cancellationToken">Gives up waiting: the outcome is then not known.</param>
    Task<PaymentOutcome> CollectAsync(TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a part of a top-up back to whom it came from. Pending (without an address) when the bank has yet to take it; <see cref="ProviderEvent.Refunded"/> or
    /// <see cref="ProviderEvent.RefundFailed"/> follows then, and the latter may even follow one that was done.
    /// </summary>
    /// <param name="refund">The key.</param>
    /// <param name="topUp">The top-up, for the provider's own records.</param>
    /// <param name="payment">The reference of its payment, as <see cref="PaymentOutcome.Done"/> or <see cref="ProviderEvent.TopUpPaid"/> gave it.</param>
    /// <param name="amount">At most what is left of the top-up.</param>
    /// <param name="firstAskedAt">When this was first called.</param>
    /// <param name="cancellationToken">Gives up waiting: the outcome is then not known.</param>
    Task<PaymentOutcome> RefundAsync(RefundId refund, TopUpId topUp, string payment, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    /// <summary>Opens an account that the worker can be paid to. The worker is the key: a second call gives the same account.</summary>
    /// <param name="worker">The key.</param>
    /// <param name="email">The worker's address, for the provider; not logged.</param>
    /// <param name="country">ISO 3166-1 alpha-2, capital letters.</param>
    /// <param name="cancellationToken">Gives up waiting: the outcome is then not known.</param>
    /// <returns>The account's reference.</returns>
    Task<ProviderAnswer<string>> OpenPayeeAsync(WorkerId worker, string email, string country, CancellationToken cancellationToken);

    /// <summary>An address where the worker tells the provider what it must know. For one use, by that worker only: not stored, not logged.</summary>
    /// <param name="payee">The account's reference.</param>
    /// <param name="returnTo">Where the worker goes when done.</param>
    /// <param name="refreshTo">Where the worker goes when the address was used or is too old.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ProviderAnswer<Uri>> OnboardAsync(string payee, Uri returnTo, Uri refreshTo, CancellationToken cancellationToken);

    /// <summary>Whether the account can be paid to now.</summary>
    Task<ProviderAnswer<PayeeStanding>> ReadPayeeAsync(string payee, CancellationToken cancellationToken);

    /// <summary>Pays the worker. Done when the account has the money, with the transfer's reference; the bank's own word comes later, as an event if it is bad.</summary>
    /// <param name="payout">The key.</param>
    /// <param name="worker">The worker, for the provider's own records.</param>
    /// <param name="payee">The account's reference; empty only with a provider that is not external.</param>
    /// <param name="amount">Above 0, in whole minor units.</param>
    /// <param name="firstAskedAt">When this was first called.</param>
    /// <param name="cancellationToken">Gives up waiting: the outcome is then not known.</param>
    Task<PaymentOutcome> PayAsync(PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    /// <summary>Takes a payout back from the worker's account, whole or what is left of it there, because the bank did not take it. <see cref="ProviderEvent.PayoutReversed"/> follows.</summary>
    /// <param name="payout">The key, together with the word recall.</param>
    /// <param name="transfer">The reference of the transfer.</param>
    /// <param name="amount">How much.</param>
    /// <param name="firstAskedAt">When this was first called.</param>
    /// <param name="cancellationToken">Gives up waiting: the outcome is then not known.</param>
    Task<PaymentOutcome> RecallAsync(PayoutId payout, string transfer, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    /// <summary>Which of our payouts were on their way to the bank in a bank payout that failed.</summary>
    /// <param name="payee">The account's reference.</param>
    /// <param name="bankPayout">The reference in <see cref="ProviderEvent.PayoutFailed"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ProviderAnswer<IReadOnlyList<PayoutId>>> PayoutsInAsync(string payee, string bankPayout, CancellationToken cancellationToken);

    /// <summary>Checks the signature and the age of a message that the provider sent, and reads it. Does nothing else.</summary>
    /// <param name="body">The body, byte for byte.</param>
    /// <param name="signature">The signature's header; null when there was none.</param>
    /// <param name="now">The time, for the message's age.</param>
    EventReading ReadEvent(ReadOnlyMemory<byte> body, string? signature, DateTimeOffset now);

    /// <summary>Events since the instant (inclusive), for those whose message never came; in any order, possibly some known ones.</summary>
    /// <param name="since">From when on.</param>
    /// <param name="payee">The account whose events are wanted; null for the platform's own.</param>
    /// <param name="after">The last page's <see cref="ProviderPage{T}.Next"/>; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProviderUnavailableException">The provider did not answer, or with an error.</exception>
    Task<ProviderPage<ReceivedEvent>> ListEventsAsync(DateTimeOffset since, string? payee, string? after, CancellationToken cancellationToken);

    /// <summary>What moved on the platform's balance at the provider since the instant (inclusive), in any order: the provider's own books.</summary>
    /// <param name="since">From when on.</param>
    /// <param name="after">The last page's <see cref="ProviderPage{T}.Next"/>; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProviderUnavailableException">The provider did not answer, or with an error.</exception>
    Task<ProviderPage<ProviderMovement>> ListMovementsAsync(DateTimeOffset since, string? after, CancellationToken cancellationToken);
}

/// <summary>A page of what a provider lists.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">What to ask for the next page with; null at the end.</param>
public sealed record ProviderPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The provider did not answer, or with an error; asking later may help.</summary>
public sealed class ProviderUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
