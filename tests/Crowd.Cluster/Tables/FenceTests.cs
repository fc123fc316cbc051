using System.Net;
using Crowd.Silo.Cluster;
using Npgsql;
using Orleans.Runtime;

namespace Crowd.Cluster.Tables;

/// <summary>What a silo may still commit is decided where its members are written down.</summary>
public sealed class FenceTests
{
    [SkippableFact]
    public async Task A_silo_that_was_declared_dead_commits_nothing_more()
    {
        var database = await Scripts.CreateSchemaAsync();
        var silo = new Details(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 7));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await Scripts.RunAsync(connection, "insert into orleansmembershipversiontable (deploymentid) values ('crowd')");
        await Scripts.RunAsync(connection, $"""
            insert into orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status, starttime, iamalivetime)
            values ('crowd', '127.0.0.1', 11111, 7, 'silo', 'host', {(int)SiloStatus.Active}, now(), now())
            """);
        var fence = new MembershipFence(silo);
        await using var store = JournalFactory.Open(database, TimeProvider.System, null, new() { Fence = () => fence.Condition });
        await store.Journal.InitialiseAsync([], CancellationToken.None);
        Assert.IsType<AppendResult.Committed>(await AppendAsync(store, 0));

        await Scripts.RunAsync(connection, $"update orleansmembershiptable set status = {(int)SiloStatus.Dead}");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(store, 1));
        Assert.Equal(1, await store.Journal.LastPositionAsync(CancellationToken.None));

        // Nor when the cluster has forgotten it, or another silo stands at its place.
        await Scripts.RunAsync(connection, $"update orleansmembershiptable set generation = 8, status = {(int)SiloStatus.Active}");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(store, 1));
    }

    private static Task<AppendResult> AppendAsync(JournalStore store, long version) => store.Journal.AppendAsync(
        new Append { Stream = "stream", ExpectedVersion = version, At = DateTimeOffset.UnixEpoch, Actor = "t", Events = [new NewEvent("e", "{}"u8.ToArray())] }, CancellationToken.None);

    private sealed class Details(SiloAddress address) : ILocalSiloDetails
    {
        public string Name => "silo";

        public string ClusterId => "crowd";

        public string DnsHostName => "host";

        public SiloAddress SiloAddress => address;

        public SiloAddress GatewayAddress => address;
    }
}
