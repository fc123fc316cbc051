using Crowd.Journal.Postgres;
using Crowd.Tests.Shared;
using Npgsql;

namespace Crowd.Journal.Tests;

/// <summary>The server is taken away under load: what was acknowledged is there, nothing is half there, and the log has no hole.</summary>
public sealed class PostgresFailureTests
{
    [SkippableFact]
    public async Task A_killed_server_loses_nothing_acknowledged()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        using var cluster = PostgresCluster.Start();
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
}
