using Crowd.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Crowd.Payments;

/// <summary>Puts Stripe in the place of the payment provider.</summary>
public static class StripeServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Shorter than a load balancer at the other end keeps an address, so that a moved one is found.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers Stripe as the payment provider, unless there is one already.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is wrong; says which.</exception>
    public static IServiceCollection AddStripePayments(this IServiceCollection services, StripeOptions options)
    {
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(options, new(options), validateAllProperties: true);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPaymentProvider>(provider => Create(
            options, NewHandler(), provider.GetRequiredService<TimeProvider>(), provider.GetService<Random>() ?? new Random(Environment.ProcessId),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    /// <summary>Stripe over a handler of the caller's, for example one without a network; the provider owns it.</summary>
    /// <param name="random">Draws the waits between attempts; locked while used.</param>
    public static IPaymentProvider Create(StripeOptions options, HttpMessageHandler handler, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        var connection = new StripeConnection(handler, options, time, random, loggers.CreateLogger<StripeConnection>());
        return new StripePayments(new(connection), options, time, loggers.CreateLogger<StripePayments>());
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        // A redirect would carry the key elsewhere.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    };
}
