using System.Globalization;
using Crowd.Domain;
using Crowd.StandIn;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd.Payments.Tests.Stripe;

/// <summary>Our provider and the stand-in Stripe, without a network, at a time that does not pass by itself.</summary>
internal sealed class StripeStory : IDisposable
{
    public static readonly Uri Back = new("https://crowd.example/back");
    public static readonly RequesterId Requester = Id.Parse<RequesterId>("req_00000000000000000000000001");
    public static readonly WorkerId Worker = Id.Parse<WorkerId>("wrk_00000000000000000000000001");

    public StripeStory(int seed = 1, ILoggerFactory? loggers = null, int maxAttempts = 4, int feeBasisPoints = 0)
    {
        Options = new() { FeeBasisPoints = feeBasisPoints };
        StandIn = new(Options, Time, new Random(seed));
        Stripe = new()
        {
            ApiKey = Options.ApiKey,
            WebhookSecrets = [Options.WebhookSecret, Options.ConnectWebhookSecret],
            Timeout = TimeSpan.FromSeconds(100),
            MaxAttempts = maxAttempts,
        };
        Provider = StripeServices.Create(Stripe, new StandInHandler(StandIn), Time, new Random(seed), loggers ?? NullLoggerFactory.Instance);
    }

    public HurriedTime Time { get; } = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public StandInOptions Options { get; }

    public StripeStandIn StandIn { get; }

    public StripeOptions Stripe { get; }

    public IPaymentProvider Provider { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public static TopUpId TopUp(int n) => Id.Parse<TopUpId>(Numbered("top", n));

    public static PayoutId Payout(int n) => Id.Parse<PayoutId>(Numbered("pay", n));

    public static RefundId Refund(int n) => Id.Parse<RefundId>(Numbered("rfd", n));

    public static Money Usd(long cents) => new(cents * 10_000, Currency.Usd);

    /// <summary>A worker's account that can be paid to.</summary>
    public async Task<string> PayeeAsync(int worker = 1)
    {
        var opened = await Provider.OpenPayeeAsync(Id.Parse<WorkerId>(Numbered("wrk", worker)), "worker@example.org", "US", default);
        var payee = Assert.IsType<ProviderAnswer<string>.Got>(opened).Value;
        StandIn.Onboard(payee);
        return payee;
    }

    /// <summary>A top-up that is paid; returns the payment's reference.</summary>
    public async Task<string> FundAsync(long cents, int topUp = 1)
    {
        var pending = Assert.IsType<PaymentOutcome.Pending>(await Provider.CollectAsync(TopUp(topUp), Requester, Usd(cents), Back, Now, default));
        return StandIn.Pay(pending.Reference);
    }

    /// <summary>Delivers all webhooks, and reads them.</summary>
    public List<ProviderEvent> Events()
    {
        var read = new List<ProviderEvent>();
        while (StandIn.Webhooks.Next() is { } delivery)
            read.Add(Assert.IsType<EventReading.Verified>(Provider.ReadEvent(delivery.Body, delivery.Signature, Now)).Event);
        return read;
    }

    public void Dispose() => (Provider as IDisposable)?.Dispose();

    private static string Numbered(string prefix, int n) => prefix + "_" + n.ToString("D26", CultureInfo.InvariantCulture);
}

/// <summary>Another provider at the same stand-in, with another key.</summary>
internal sealed class StripeStoryProvider(StripeStory story, string key) : IDisposable
{
    public IPaymentProvider Provider { get; } = StripeServices.Create(
        new() { ApiKey = key, WebhookSecrets = story.Stripe.WebhookSecrets }, new StandInHandler(story.StandIn), story.Time, new Random(1), NullLoggerFactory.Instance);

    public void Dispose() => (Provider as IDisposable)?.Dispose();
}
