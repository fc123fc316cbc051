using Crowd.Marketplace.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Silo.Hosting;

/// <content>All grains in this process, one active process over a database.</content>
public static partial class CrowdServices
{
    private static void AddRuntime(IServiceCollection services, CrowdOptions options)
    {
        services.AddGrainRuntime(runtime =>
        {
            runtime.Assemblies.Add(typeof(EventLog).Assembly);
            runtime.DrainTimeout = options.DrainTime;
        });
        services.AddHostedService<InProcess.ActiveServer>();
    }
}
