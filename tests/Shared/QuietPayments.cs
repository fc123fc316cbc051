using Crowd.Domain;

namespace Crowd.Tests;

/// <summary>A payment provider for tests to build on: payments are for the test to say; every worker can be paid; nothing is ever heard of again.</summary>
internal abstract class QuietPayments : IPaymentProvider
{
    public abstract string Name { get; }

    public virtual bool IsReal => false;

    public virtual bool IsExternal => false;

    public abstract Task<PaymentOutcome> CollectAsync(
        TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    public abstract Task<PaymentOutcome> PayAsync(
        PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken);

    public virtual Task<PaymentOutcome> RefundAsync(
        RefundId refund, TopUpId topUp, string payment, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        Task.FromResult<PaymentOutcome>(new PaymentOutcome.Done("ref-" + refund));

    public virtual Task<ProviderAnswer<string>> OpenPayeeAsync(WorkerId worker, string email, string country, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<string>>(new ProviderAnswer<string>.Got("payee-" + worker));

    public virtual Task<ProviderAnswer<Uri>> OnboardAsync(string payee, Uri returnTo, Uri refreshTo, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<Uri>>(new ProviderAnswer<Uri>.Got(returnTo));

    public virtual Task<ProviderAnswer<PayeeStanding>> ReadPayeeAsync(string payee, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<PayeeStanding>>(new ProviderAnswer<PayeeStanding>.Got(new(Ready: true, Submitted: true, null)));

    public virtual Task<PaymentOutcome> RecallAsync(PayoutId payout, string transfer, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) =>
        Task.FromResult<PaymentOutcome>(new PaymentOutcome.Done("back-" + payout));

    public virtual Task<ProviderAnswer<IReadOnlyList<PayoutId>>> PayoutsInAsync(string payee, string bankPayout, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderAnswer<IReadOnlyList<PayoutId>>>(new ProviderAnswer<IReadOnlyList<PayoutId>>.Got([]));

    public virtual EventReading ReadEvent(ReadOnlyMemory<byte> body, string? signature, DateTimeOffset now) =>
        new EventReading.Refused(EventRefusal.NotExpected, "This provider sends no messages.");

    public virtual Task<ProviderPage<ReceivedEvent>> ListEventsAsync(DateTimeOffset since, string? payee, string? after, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderPage<ReceivedEvent>([], null));

    public virtual Task<ProviderPage<ProviderMovement>> ListMovementsAsync(DateTimeOffset since, string? after, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderPage<ProviderMovement>([], null));
}
