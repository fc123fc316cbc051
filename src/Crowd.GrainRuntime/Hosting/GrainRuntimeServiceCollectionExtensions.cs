using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Crowd.GrainRuntime;

/// <summary>Adds the grain runtime to a host.</summary>
public static class GrainRuntimeServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="GrainHost"/>, started and stopped with the host, and <see cref="IGrainFactory"/>. Takes <see cref="TimeProvider"/> and
    /// <see cref="IReminderTable"/> from the services if they are there; else the system's clock and a table in memory.
    /// </summary>
    public static IServiceCollection AddGrainRuntime(this IServiceCollection services, Action<GrainRuntimeOptions> configure)
    {
        services.AddOptions<GrainRuntimeOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GrainHost>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<GrainHost>().Grains);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GrainHost>(static provider => provider.GetRequiredService<GrainHost>()));
        return services;
    }
}
