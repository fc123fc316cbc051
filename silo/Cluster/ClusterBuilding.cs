using System.Net;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Messages;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Crowd.Silo.Cluster;

/// <summary>What a silo and a client of the cluster are made of. Where its members are written down is told apart from the rest, so that tests can do without a table.</summary>
internal static class ClusterBuilding
{
    /// <summary>The driver's name to Orleans.</summary>
    private const string Driver = "Npgsql";

    /// <summary>How often the other silos are asked for a sign of life, and how long each may take to give it.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How often the table of members is read even when nobody tells of a change.</summary>
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);

    /// <summary>How long a call between silos may take. One to a silo that is declared dead fails then.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a client waits before it calls again. Nobody tells it of a call that a dead silo had, if it had come there by another's gateway; longer than the cluster needs to find that
    /// the silo is dead.
    /// </summary>
    private static readonly TimeSpan ClientCallTime = TimeSpan.FromSeconds(10);

    /// <summary>Grains, their messages, and what runs once in the cluster.</summary>
    public static ISiloBuilder UseCrowd(this ISiloBuilder silo)
    {
        AddMessages(silo.Services);
        silo.Services.TryAddSingleton(provider => new LogSharing { Fence = () => provider.GetService<MembershipFence>()?.Condition });
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ClusterMember>();
        silo.Services.AddHostedService<ClusterReactors>();
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = o.SystemResponseTimeout = CallTime);
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = ProbeTimeout;
            o.TableRefreshTimeout = TableRefresh;
        });
        return silo;
    }

    /// <summary>Grains' messages, and calls that are made again when a silo goes.</summary>
    public static IClientBuilder UseCrowd(this IClientBuilder client)
    {
        AddMessages(client.Services);
        client.Services.TryAddSingleton(new LogSharing());
        client.Services.AddSingleton<IOutgoingGrainCallFilter, CallAgain>();
        client.Services.AddSingleton<IClientConnectionRetryFilter, KeepConnecting>();
        client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = ClientCallTime);
        client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TableRefresh);
        return client;
    }

    /// <summary>Members, reminders and grain storage in the database of the log.</summary>
    public static ISiloBuilder UseCrowdTables(this ISiloBuilder silo, CrowdOptions options)
    {
        silo.Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = options.Cluster.Id);
        silo.Configure<EndpointOptions>(o =>
        {
            if (options.Cluster.Address is { } address)
                o.AdvertisedIPAddress = address;
            (o.SiloPort, o.GatewayPort) = (options.Cluster.SiloPort, options.Cluster.GatewayPort);
            // In a container the address that others reach may not be one that can be listened on.
            (o.SiloListeningEndpoint, o.GatewayListeningEndpoint) = (new(IPAddress.Any, o.SiloPort), new(IPAddress.Any, o.GatewayPort));
        });
        silo.Services.AddSingleton<MembershipFence>();
        return silo
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Driver, options.Database))
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Driver, options.Database))
            .AddAdoNetGrainStorageAsDefault(o => (o.Invariant, o.ConnectionString) = (Driver, options.Database));
    }

    /// <summary>Finds the silos in the database of the log.</summary>
    public static IClientBuilder UseCrowdTables(this IClientBuilder client, CrowdOptions options)
    {
        client.Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = options.Cluster.Id);
        return client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Driver, options.Database));
    }

    /// <summary>Messages travel as JSON. Within a process they go by reference, as they do without Orleans: they are immutable.</summary>
    internal static void AddMessages(IServiceCollection services)
    {
        services.AddSerializer(serializer => serializer
            .AddAssembly(typeof(EventLog).Assembly)
            .AddJsonSerializer(MessageJson.Carries, static _ => false, o => o.Configure(json => json.SerializerOptions = MessageJson.Options)));
        services.AddSingleton<MessageCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<MessageCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<MessageCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<MessageCodec>());
    }
}
