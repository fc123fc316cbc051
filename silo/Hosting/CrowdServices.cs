using System.Security.Cryptography;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Reactors;
using Crowd.Payments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Hosting;

/// <summary>The composition of a server: journal, grains, reactors. The api and the headless executable add the same.</summary>
public static partial class CrowdServices
{
    /// <summary>Adds a server over the database of the options.</summary>
    public static IServiceCollection AddCrowd(this IServiceCollection services, CrowdOptions options)
    {
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(options, new(options), validateAllProperties: true);
        AddMarket(services, options);
        AddRuntime(services, options);
        return services;
    }

    /// <summary>What a server is made of whatever runs its grains.</summary>
    internal static void AddMarket(IServiceCollection services, CrowdOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => JournalFactory.Open(
            options.Database, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>(), provider.GetService<LogSharing>()));
        services.AddSingleton(provider => provider.GetRequiredService<JournalStore>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<JournalStore>().SqlReads);
        services.AddSingleton(provider => provider.GetRequiredService<JournalStore>().ActiveRole);
        services.AddSingleton(_ => new Random(options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue)));
        services.AddSingleton<IIdSource>(provider => new IdSource(provider.GetRequiredService<TimeProvider>(), new Random(options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<EventLog>();
        if (options.Stripe is { } stripe)
        {
            services.AddStripePayments(stripe);
        }
        else
        {
            services.AddSandboxPayments(sandbox =>
            {
                sandbox.Checkout = options.SandboxCheckout;
                if (options.SandboxFaultPercent > 0)
                    sandbox.Fault = SandboxFaults.Share(options.SandboxFaultPercent / 100.0, new Random(options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue)));
            });
        }

        services.AddSingleton<MarketReactor>();
        services.AddSingleton<Keeper>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<Rounds>();
        services.AddSingleton<ServerState>();
    }
}
