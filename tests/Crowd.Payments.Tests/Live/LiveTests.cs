using Crowd.StandIn;

namespace Crowd.Payments.Tests.Live;

/// <summary>The same stories at Stripe itself, with the key of a test account, and at the stand-in, so that they are sure to be right when there is no key.</summary>
public class LiveTests
{
    [SkippableFact]
    public async Task At_Stripe_itself_top_ups_refunds_accounts_and_refused_payouts_are_as_we_say()
    {
        var key = Environment.GetEnvironmentVariable(StripeOptions.ApiKeySetting);
        Skip.If(string.IsNullOrWhiteSpace(key), $"{StripeOptions.ApiKeySetting} is not set: give it the key (sk_test_…) of a Stripe test account with Connect to run this at Stripe itself.");
        Skip.IfNot(key.StartsWith("sk_test_", StringComparison.Ordinal), $"{StripeOptions.ApiKeySetting} is not a secret key of a test account (sk_test_…).");
        using var story = new ProviderStory(
            new() { ApiKey = key, WebhookSecrets = ["whsec_unused"], ApiBase = Environment.GetEnvironmentVariable(StripeOptions.ApiBaseSetting) ?? StripeOptions.StripeApi });
        await story.RunAsync();
    }

    [Fact]
    public async Task At_the_stand_in_they_are_the_same()
    {
        var options = new StandInOptions();
        await using var server = await StandInServer.StartAsync(new(options, TimeProvider.System, new Random(1)), default);
        using var story = new ProviderStory(new() { ApiKey = options.ApiKey, WebhookSecrets = ["whsec_unused"], ApiBase = server.Address });
        await story.RunAsync();
    }
}
