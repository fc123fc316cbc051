using Crowd.Api.Tests.Servers;
using Crowd.StandIn;

namespace Crowd.Api.Tests.Payments;

/// <summary>A server whose payment provider is Stripe's stand-in, with two secrets of one endpoint as in a rotation.</summary>
public sealed class StripeStage : IAsyncLifetime
{
    private StandInServer? _stripe;
    private StripeServer? _server;

    public StripeStandIn Stripe { get; } = new(new() { WebhookSecret = "whsec_old" }, TimeProvider.System, new Random(1));

    public TestServer Server => _server!;

    public async Task InitializeAsync()
    {
        _stripe = await StandInServer.StartAsync(Stripe, CancellationToken.None);
        _server = new(_stripe.Address);
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_stripe is not null)
            await _stripe.DisposeAsync();
    }

    private sealed class StripeServer(string stripe) : TestServer(
        folder => $"Data Source={Path.Combine(folder, "crowd.db")}",
        "--STRIPE_API_KEY=sk_test_standin", "--STRIPE_WEBHOOK_SECRETS=whsec_new,whsec_old,whsec_standin_connect", $"--STRIPE_API_BASE={stripe}")
    {
        protected override bool HasPayments => true;
    }
}
