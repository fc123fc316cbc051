using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Crowd.Domain;
using Crowd.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd.Payments.Tests.Stripe;

public class StripeServicesTests
{
    private const string Key = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    private const string Secret = "whsec_9f8e7d";

    [Theory]
    [InlineData(null, false)]
    [InlineData("  ", false)]
    [InlineData(Key, true)]
    public void Stripe_is_the_provider_if_there_is_a_key(string? key, bool stripe)
    {
        var options = StripeOptions.From(name => name switch
        {
            StripeOptions.ApiKeySetting => key,
            StripeOptions.WebhookSecretsSetting => $"{Secret} , whsec_old,",
            _ => null,
        });
        Assert.Equal(stripe, options is not null);
        if (options is null)
            return;
        Assert.Equal([Secret, "whsec_old"], options.WebhookSecrets);
        Assert.Equal(StripeOptions.StripeApi, options.ApiBase);
        using var services = Services().AddStripePayments(options).AddSandboxPayments().BuildServiceProvider();
        var provider = services.GetRequiredService<IPaymentProvider>();
        Assert.Equal(("stripe", false), (provider.Name, provider.IsReal));
    }

    [Fact]
    public void Only_a_live_key_moves_real_money()
    {
        using var services = Services().AddStripePayments(With(o => o.ApiKey = "rk_live_x")).BuildServiceProvider();
        Assert.True(services.GetRequiredService<IPaymentProvider>().IsReal);
    }

    [Fact]
    public void Options_that_are_wrong_are_named_at_the_start_and_their_values_are_not()
    {
        AssertWrong(With(o => o.ApiKey = "pk_test_public"));
        AssertWrong(With(o => o.ApiKey = "sk_test_with space"));
        AssertWrong(With(o => o.ApiKey = ""));
        AssertWrong(With(o => o.WebhookSecrets = []));
        AssertWrong(With(o => o.WebhookSecrets = ["secret"]));
        AssertWrong(With(o => o.WebhookSecrets = [.. Enumerable.Repeat(Secret, 11)]));
        AssertWrong(With(o => o.ApiBase = "http://stripe.example"));
        AssertWrong(With(o => o.ApiBase = "https://api.stripe.com/v1"));
        AssertWrong(With(o => o.ApiBase = "nowhere"));
        AssertWrong(With(o => o.Timeout = TimeSpan.Zero));
        AssertWrong(With(o => o.MaxAttempts = 0));
        AssertWrong(With(o => o.SignatureTolerance = TimeSpan.FromDays(1)));
        Services().AddStripePayments(With(o => o.ApiBase = "http://127.0.0.1:4242"));
    }

    [Fact]
    public void No_type_of_Stripe_is_seen_outside()
    {
        var assembly = typeof(StripeOptions).Assembly;
        Assert.Equal(
            [nameof(StripeOptions), nameof(StripeServices)],
            assembly.GetExportedTypes().Select(t => t.Name).Where(n => n.Contains("Stripe", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        // What can be reached from the exported types names nothing but the domain's and the platform's.
        var seen = assembly.GetExportedTypes().SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)).SelectMany(Types)
            .Where(t => t.Assembly == assembly && !t.IsPublic && !t.IsNestedPublic && !t.IsGenericParameter);
        Assert.Empty(seen);
        Assert.DoesNotContain(typeof(IPaymentProvider).Assembly.GetTypes(), t => t.FullName!.Contains("Stripe", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Logs_have_request_ids_and_neither_keys_nor_personal_data_nor_links()
    {
        using var log = new Lines();
        using var story = new StripeStory(loggers: log);
        story.Options.Fault = StandInFaults.Then(StandInFault.LostReply, StandInFault.None, StandInFault.CutInBody, StandInFault.ErrorBefore, StandInFault.TimeoutAfter, StandInFault.Unavailable);
        await story.FundAsync(5_000);
        var payee = await story.PayeeAsync();
        var link = Assert.IsType<ProviderAnswer<Uri>.Got>(await story.Provider.OnboardAsync(payee, StripeStory.Back, StripeStory.Back, default)).Value;
        await story.Provider.PayAsync(StripeStory.Payout(1), StripeStory.Worker, payee, StripeStory.Usd(9_000), story.Now, default);
        using (var stranger = new StripeStoryProvider(story, Key))
            await stranger.Provider.ReadPayeeAsync(payee, default);

        var text = string.Join('\n', log.Written);
        Assert.Contains("req_standin", text, StringComparison.Ordinal);
        Assert.Contains("balance_insufficient", text, StringComparison.Ordinal);
        foreach (var secret in (string[])[story.Options.ApiKey, Key, story.Options.WebhookSecret, "Bearer", "worker@example.org", link.AbsoluteUri, "crowd.example"])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, Valid().ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).SelectMany(Parts),
        ConstructorInfo constructor => constructor.GetParameters().SelectMany(p => Parts(p.ParameterType)),
        PropertyInfo property => Parts(property.PropertyType),
        FieldInfo field => Parts(field.FieldType),
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Append(type.HasElementType ? type.GetElementType()! : type);

    private static StripeOptions Valid() => new() { ApiKey = Key, WebhookSecrets = [Secret] };

    private static StripeOptions With(Action<StripeOptions> change)
    {
        var options = Valid();
        change(options);
        return options;
    }

    private static void AssertWrong(StripeOptions options)
    {
        var wrong = Assert.Throws<ValidationException>(() => Services().AddStripePayments(options));
        Assert.DoesNotContain(Key, wrong.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, wrong.ToString(), StringComparison.Ordinal);
    }

    private static IServiceCollection Services() => new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Written.Add($"{formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                Written.AddRange(values.Select(v => $"{v.Key}={v.Value}"));
        }
    }
}
