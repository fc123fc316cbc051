using Crowd.Journal.Postgres;
using Crowd.Tests.Shared;
using Npgsql;

namespace Crowd.Journal.Tests;

/// <summary>The server is taken away under load: what was acknowledged is there, nothing is half there, and the log has no hole.</summary>
public sealed class PostgresFailureTests(PostgresFailureTests.OwnCluster own) : IClassFixture<PostgresFailureTests.OwnCluster>
{
    [SkippableFact]
    public async Task A_killed_server_loses_nothing_acknowledged()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var cluster = own.Cluster;
        await using var journal = new PostgresJournal(cluster.CreateSchema(), null);
        await RunAsync(journal, rounds: 3, () =>
        {
            cluster.Kill();
            cluster.Resume();
        });
    }

    [SkippableFact]
    public async Task A_terminated_connection_loses_nothing_acknowledged()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var connectionString = PostgresCluster.Shared.CreateSchema();
        await using var journal = new PostgresJournal($"{connectionString};Application Name=victim", null);
        await RunAsync(journal, rounds: 12, () =>
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            using var command = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'", connection);
            command.ExecuteNonQuery();
        });
    }

    [SkippableFact]
    public async Task A_server_that_cannot_be_reached_is_unavailable_and_then_available_again()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var cluster = own.Cluster;
        await using var journal = new PostgresJournal(cluster.CreateSchema(), null);
        await journal.InitialiseAsync(TestTables.All, CancellationToken.None);
        var load = new AppendLoad(journal);
        await load.WriteOnceAsync("a", 0);
        cluster.Kill();

        // The first may have been on its way; from the second on nothing can be sent.
        await Assert.ThrowsAnyAsync<Exception>(() => load.WriteOnceAsync("a", 2));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => load.WriteOnceAsync("a", 2));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadLogAsync(0, 1, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.WriteCheckpointAsync("f", 1, CancellationToken.None));

        cluster.Resume();
        await load.WriteOnceAsync("a", 2);
        await load.VerifyAsync();
    }

    private static async Task RunAsync(PostgresJournal journal, int rounds, Action disturb)
    {
        await journal.InitialiseAsync(TestTables.All, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var load = new AppendLoad(journal);
        var writers = Enumerable.Range(0, 16).Select(w => Task.Run(() => load.WriteAsync($"w{w}", stop.Token))).ToList();
        for (var round = 1; round <= rounds; round++)
        {
            await load.WaitForAsync(200);
            disturb();
        }

        await load.WaitForAsync(200);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(load.Failures > 0, "Nothing was disturbed.");
        await load.VerifyAsync();
    }

    /// <summary>A server that these tests alone may kill.</summary>
    public sealed class OwnCluster : IDisposable
    {
        private readonly Lazy<PostgresCluster> _cluster = new(PostgresCluster.Start);

        public PostgresCluster Cluster => _cluster.Value;

        public void Dispose()
        {
            if (_cluster.IsValueCreated)
                _cluster.Value.Dispose();
        }
    }
}
