using System.Diagnostics;
using System.Net;
using Crowd.Api.Tests.Servers;
using Crowd.Tests.Shared;
using Xunit.Abstractions;

namespace Crowd.Api.Tests.Processes;

/// <summary>Two servers over one database: one is active, the other takes over when the first dies.</summary>
[Collection(OneAtATime.Name)]
public sealed class StandbyTests(ITestOutputHelper output)
{
    /// <summary>The requirement, not a measure of speed.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task On_SQLite_a_standby_takes_over_within_ten_seconds()
    {
        var folder = Directory.CreateTempSubdirectory("crowd-standby-");
        try
        {
            await RunAsync("SQLite", $"Data Source={Path.Combine(folder.FullName, "crowd.db")}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task On_PostgreSQL_a_standby_takes_over_within_ten_seconds()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        await RunAsync("PostgreSQL", PostgresCluster.Shared.CreateSchema());
    }

    private async Task RunAsync(string store, string database)
    {
        await using var first = new ServerProcess(database);
        await using var second = new ServerProcess(database);
        await first.StartActiveAsync();
        second.Start();
        await second.WaitAsync(HttpStatusCode.ServiceUnavailable, "standby");

        var onFirst = new Person(new HttpClient { BaseAddress = first.Address });
        var onSecond = new Person(new HttpClient { BaseAddress = second.Address });
        var id = await onFirst.SignUpAsync("ada@crowd.example", "Ada");
        var refused = await onSecond.RefusedAsync("{ __typename }");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE"), (refused.Status, refused.Code));
        using (var live = await onSecond.Http.GetAsync("/health/live"))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        var since = Stopwatch.StartNew();
        first.Kill();
        await second.WaitAsync(HttpStatusCode.OK, "active");
        var took = since.Elapsed;
        Assert.True(took < TakeOver, $"{took}");
        Assert.Equal(id, (await onSecond.SignInAsync("ada@crowd.example", TestServer.Password)).GetProperty("id").GetString());

        // The first comes back as the standby of the second.
        first.Start();
        await first.WaitAsync(HttpStatusCode.ServiceUnavailable, "standby");
        Assert.Equal(0, await second.StopAsync());
        await first.WaitAsync(HttpStatusCode.OK, "active");
        var line = $"{store}: the standby was active {took.TotalSeconds:F1} s after the active server's death";
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
