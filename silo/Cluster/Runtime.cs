using Crowd.Journal;
using Crowd.Silo.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Crowd.Silo.Hosting;

/// <content>Grains on Orleans: this process is a silo of the cluster, or a client that calls the grains of others.</content>
public static partial class CrowdServices
{
    private static void AddRuntime(IServiceCollection services, CrowdOptions options)
    {
        if (services.Any(d => d.ServiceType == typeof(IClusterClient)))
        {
            // Whoever made the host has a client already.
            services.AddSingleton(new LogSharing()).AddHostedService<ClusterClient>();
            return;
        }

        // Where the tables of Orleans are is known before anything of the cluster begins.
        services.AddHostedService<OrleansTables>();
        if (options.Cluster.Member)
            services.AddOrleans(silo => silo.UseCrowd().UseCrowdTables(options));
        else
            services.AddOrleansClient(client => client.UseCrowd().UseCrowdTables(options)).AddHostedService<ClusterClient>();
    }
}
