using System.Security.Cryptography;
using Crowd.Domain;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd.Payments.Tests.Live;

/// <summary>What can be told over the API of a test account alone: nobody has to type in a card or pass an account's onboarding.</summary>
internal sealed class ProviderStory : IDisposable
{
    private static readonly Uri Back = new("https://crowd.example/back");

    private readonly IPaymentProvider _provider;
    private readonly StripeConnection _connection;
    private readonly IdSource _ids = new(TimeProvider.System, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
    private readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow();

    public ProviderStory(StripeOptions options)
    {
        _provider = StripeServices.Create(options, new SocketsHttpHandler(), TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        _connection = new(new SocketsHttpHandler(), options, TimeProvider.System, new Random(1), NullLogger.Instance);
    }

    public async Task RunAsync()
    {
        await AskForMoneyAsync();
        await PayAndRefundAsync();
        await PayOutTooEarlyAsync();
    }

    public void Dispose()
    {
        _connection.Dispose();
        (_provider as IDisposable)?.Dispose();
    }

    private async Task AskForMoneyAsync()
    {
        var (topUp, requester) = (_ids.Next<TopUpId>(), _ids.Next<RequesterId>());
        var asked = Assert.IsType<PaymentOutcome.Pending>(await CollectAsync(2_000));
        Assert.Equal(Uri.UriSchemeHttps, asked.PayAt!.Scheme);
        Assert.Equal(asked, await CollectAsync(2_000));
        Assert.StartsWith("idempotency_conflict: ", Assert.IsType<PaymentOutcome.Refused>(await CollectAsync(3_000)).Reason, StringComparison.Ordinal);

        var client = new StripeClient(_connection);
        var session = Given(await client.GetSessionAsync(asked.Reference, default));
        Assert.Equal(("open", "unpaid", 2_000L, topUp.Value), (session.Status, session.PaymentStatus, session.AmountTotal!.Value, session.Metadata![StripeEvents.TopUp]));
        Assert.Equal("expired", Given(await client.ExpireSessionAsync(asked.Reference, $"expire:{topUp}", default)).Status);

        Task<PaymentOutcome> CollectAsync(long cents) => _provider.CollectAsync(topUp, requester, Usd(cents), Back, _began, default);
    }

    private async Task PayAndRefundAsync()
    {
        var (topUp, refund) = (_ids.Next<TopUpId>(), _ids.Next<RefundId>());
        var payment = Given(await _connection.SendAsync(
            StripeRequest.Post(
                $"/v1/payment_intents",
                new()
                {
                    { "amount", 2_000 },
                    { "currency", "usd" },
                    { "payment_method", "pm_card_visa" },
                    { "confirm", true },
                    { "automatic_payment_methods", new StripeForm { { "enabled", true }, { "allow_redirects", "never" } } },
                    { "metadata", new StripeForm { { StripeEvents.TopUp, topUp.Value }, { StripeEvents.Requester, _ids.Next<RequesterId>().Value } } },
                },
                $"pay:{topUp}"),
            StripeJson.Default.PaymentIntent, default));
        Assert.Equal(("succeeded", 2_000), (payment.Status, payment.AmountReceived));

        var refunded = await RefundAsync(refund, 500);
        Assert.True(refunded is PaymentOutcome.Done or PaymentOutcome.Pending, refunded.ToString());
        Assert.Equal(refunded, await RefundAsync(refund, 500));
        Assert.IsType<PaymentOutcome.Refused>(await RefundAsync(_ids.Next<RefundId>(), 5_000));

        var movements = (await _provider.ListMovementsAsync(_began.AddMinutes(-5), null, default)).Items;
        Assert.Contains(movements, m => m.Kind == MovementKind.Payment && m.Source == payment.Id && m.Amount == Usd(2_000));
        Assert.Contains(movements, m => m.Kind == MovementKind.Refund && m.Amount == Usd(-500));
        // Stripe makes events soon, not at once: what there is must be readable.
        var events = (await _provider.ListEventsAsync(_began.AddMinutes(-5), null, null, default)).Items;
        Assert.All(events, e => Assert.NotNull(StripeEvents.Read(e.Body.Span)));

        Task<PaymentOutcome> RefundAsync(RefundId id, long cents) => _provider.RefundAsync(id, topUp, payment.Id, Usd(cents), _began, default);
    }

    private async Task PayOutTooEarlyAsync()
    {
        var worker = _ids.Next<WorkerId>();
        var opened = await _provider.OpenPayeeAsync(worker, "worker@example.org", "US", default);
        var payee = Assert.IsType<ProviderAnswer<string>.Got>(opened).Value;
        Assert.Equal(opened, await _provider.OpenPayeeAsync(worker, "worker@example.org", "US", default));
        Assert.Equal(Uri.UriSchemeHttps, Assert.IsType<ProviderAnswer<Uri>.Got>(await _provider.OnboardAsync(payee, Back, Back, default)).Value.Scheme);
        Assert.False(Assert.IsType<ProviderAnswer<PayeeStanding>.Got>(await _provider.ReadPayeeAsync(payee, default)).Value.Ready);
        var refused = await _provider.PayAsync(_ids.Next<PayoutId>(), worker, payee, Usd(100), _began, default);
        Assert.StartsWith("insufficient_capabilities_for_transfer", Assert.IsType<PaymentOutcome.Refused>(refused).Reason, StringComparison.Ordinal);
    }

    private static Money Usd(long cents) => new(cents * 10_000, Currency.Usd);

    private static T Given<T>(StripeReply<T> reply) => Assert.IsType<StripeReply<T>.Given>(reply).Value;
}
