using Crowd.Silo.Cluster;
using Crowd.Silo.Hosting;
using Crowd.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Crowd.Cluster.Silos;

/// <summary>Silos in this process over one schema of the tests' PostgreSQL, with a client. Their list of members is in memory; the log is the real one.</summary>
public sealed class TestSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly List<JournalStore> _stores = [];

    private TestSilos(InProcessTestCluster cluster, string database) => (_cluster, Database) = (cluster, database);

    public string Database { get; }

    public IClusterClient Client => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.GetActiveSilos()];

    /// <summary>The one silo at which the reactors run; null between two.</summary>
    public InProcessSiloHandle? Leader => Silos.SingleOrDefault(LeadsAt);

    /// <summary>Starts so many silos; over a database of their own, or over that of other silos which they know nothing of.</summary>
    public static async Task<TestSilos> StartAsync(int silos, string? database = null)
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        database ??= PostgresCluster.Shared.CreateSchema();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSiloHost((_, host) => CrowdServices.AddMarket(host.Services, new() { Database = database, Cluster = new() { Member = true } }));
        builder.ConfigureSilo((_, silo) => silo.UseCrowd());
        builder.ConfigureClientHost(host => host.Services.AddSingleton(TimeProvider.System));
        builder.ConfigureClient(client => client.UseCrowd());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, database);
    }

    /// <summary>A reader of the log that belongs to no silo.</summary>
    public JournalStore OpenLog()
    {
        var store = JournalFactory.Open(Database, TimeProvider.System, null, new());
        _stores.Add(store);
        return store;
    }

    /// <summary>Ends the silo as a power cut would: no grain is told, nobody is said good-bye to.</summary>
    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    /// <summary>Ends the silo in order.</summary>
    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    public Task<InProcessSiloHandle> AddAsync() => _cluster.StartAdditionalSiloAsync();

    /// <summary>Where the grain is active.</summary>
    public InProcessSiloHandle? HolderOf(IAddressable grain) =>
        Silos.FirstOrDefault(silo => silo.SiloAddress.Equals(_cluster.TryGetGrainContext(grain.GetGrainId(), out var context) ? context.Address.SiloAddress : null));

    /// <summary>Waits until the reactors run at one silo.</summary>
    public async Task<InProcessSiloHandle> WaitForLeaderAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (Leader is { } leader)
                return leader;
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static bool LeadsAt(InProcessSiloHandle silo) => silo.ServiceProvider.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ClusterReactors>().Single().Leads;
}
