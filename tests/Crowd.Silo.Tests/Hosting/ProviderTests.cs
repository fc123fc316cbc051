using System.ComponentModel.DataAnnotations;
using Crowd.Domain;
using Crowd.Payments;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Silo.Tests.Hosting;

public class ProviderTests
{
    [Theory]
    [InlineData(null, "sandbox")]
    [InlineData("sk_test_x", "stripe")]
    public void Money_goes_through_Stripe_with_a_key_and_through_the_sandbox_without(string? key, string provider)
    {
        var stripe = StripeOptions.From(name => name switch
        {
            StripeOptions.ApiKeySetting => key,
            StripeOptions.WebhookSecretsSetting => "whsec_x",
            _ => null,
        });
        using var services = new ServiceCollection().AddLogging().AddCrowd(new() { Database = "Data Source=never.db", Stripe = stripe }).BuildServiceProvider();
        Assert.Equal(provider, services.GetRequiredService<IPaymentProvider>().Name);
    }

    [Fact]
    public void A_key_without_a_webhook_secret_stops_the_start() =>
        Assert.Throws<ValidationException>(() => new ServiceCollection().AddCrowd(new() { Database = "Data Source=never.db", Stripe = new() { ApiKey = "sk_test_x" } }));
}
