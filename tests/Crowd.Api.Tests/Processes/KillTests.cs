using System.Diagnostics;
using System.Text.Json;
using Crowd.Api.Tests.Servers;
using Crowd.Tests.Shared;
using Xunit.Abstractions;

namespace Crowd.Api.Tests.Processes;

/// <summary>
/// The server is killed again and again while clients work: every acknowledged answer is there, nobody is paid twice, and the database is sound.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 12;
    private const int Clients = 8;
    private const int Tasks = 6_000;
    private const int AnswersPerTask = 4;
    private const int MostAnswersBetween = 200;

    [Fact]
    public async Task On_SQLite_nothing_acknowledged_is_lost_and_nothing_paid_twice()
    {
        var folder = Directory.CreateTempSubdirectory("crowd-kill-");
        try
        {
            await RunAsync("SQLite", $"Data Source={Path.Combine(folder.FullName, "crowd.db")}", seed: 20260101);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task On_PostgreSQL_nothing_acknowledged_is_lost_and_nothing_paid_twice()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        await RunAsync("PostgreSQL", PostgresCluster.Shared.CreateSchema(), seed: 20260102);
    }

    private async Task RunAsync(string store, string database, int seed)
    {
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        await using var server = new ServerProcess(database);
        await server.StartActiveAsync();
        var owner = new Person(new HttpClient { BaseAddress = server.Address });
        var (job, clients, counts) = await PrepareAsync(owner);

        using var stop = new CancellationTokenSource();
        var working = clients.ConvertAll(c => c.WorkAsync(stop.Token));
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Every fourth time it dies while it starts, else under load.
            if (kill % 4 != 0)
                await GoOnAsync(counts.WaitForAsync(random.Next(1, MostAnswersBetween)), working);
            server.Kill();
            if (kill % 4 == 3)
                server.Start();
            else
                await server.StartActiveAsync();
        }

        await GoOnAsync(counts.WaitForAsync(MostAnswersBetween), working);
        await stop.CancelAsync();
        await Task.WhenAll(working);
        await CheckAsync(owner, job, clients);

        Assert.Equal(0, await server.StopAsync());
        var (exitCode, said) = await ServerProcess.VerifyAsync(database);
        Assert.True(exitCode == 0, said);
        var line = $"{store}: {Kills} kills (seed {seed}), {counts.Answers} answers acknowledged, {counts.SentAgain} sent more than once of which {counts.Repeated} had arrived before, "
            + $"{clients.Sum(c => c.Payouts.Count)} payouts, 0 lost, 0 paid twice, verify: exit code 0, {watch.Elapsed.TotalSeconds:F0} s";
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private static async Task<(string Job, List<LoadClient> Clients, LoadCounts Counts)> PrepareAsync(Person owner)
    {
        await owner.SignUpAsync("owner@crowd.example", "Owner");
        var organisation = await owner.FoundAsync();
        var sketch = Sketch.Job(p => (p["minAnswers"], p["maxAnswers"], p["payFor"], p["leasesPerWorker"]) = (AnswersPerTask, AnswersPerTask, "ALL", 10));
        var job = await owner.CreateJobAsync(organisation, sketch);
        await owner.ImportAsync(job, Sketch.Tasks(Tasks));
        await owner.TopUpAsync(organisation, Tasks * AnswersPerTask * Sketch.AnswerMicros);
        await owner.FundAsync(job, Tasks * AnswersPerTask * Sketch.AnswerMicros);
        await owner.DoAsync("openJob", job);
        var (counts, clients) = (new LoadCounts(), new List<LoadClient>());
        for (var i = 0; i < Clients; i++)
        {
            var worker = new Person(new HttpClient { BaseAddress = owner.Http.BaseAddress });
            await worker.SignUpAsync($"worker-{i}@crowd.example", $"Worker {i}");
            clients.Add(new(i, await worker.BecomeWorkerAsync(), (await worker.MakeKeyAsync()).Program, job, counts));
        }

        return (job, clients, counts);
    }

    /// <summary>Waits for the answers, unless a client fails before.</summary>
    private static async Task GoOnAsync(Task answers, List<Task> working)
    {
        var first = await Task.WhenAny([answers, .. working]).WaitAsync(TimeSpan.FromSeconds(60));
        await first;
        Assert.True(first == answers, "A client stopped before it was told to.");
    }

    private static async Task CheckAsync(Person owner, string job, List<LoadClient> clients)
    {
        var wanted = clients.SelectMany(c => c.Acknowledged).ToDictionary(StringComparer.Ordinal);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = (await owner.SendAsync(
                """
                query($job: ID!, $after: String) { job(id: $job) { tasks(first: 200, after: $after) {
                  nodes { answerCount assignments { id status paidMicros answer { choice } } } pageInfo { hasNextPage endCursor } } } }
                """, new { job, after })).GetProperty("tasks");
            foreach (var assignment in page.GetProperty("nodes").EnumerateArray().SelectMany(t => t.GetProperty("assignments").EnumerateArray()))
            {
                if (assignment.GetProperty("answer").ValueKind == JsonValueKind.Null)
                    continue;
                Assert.Equal("ACCEPTED", assignment.GetProperty("status").GetString());
                Assert.Equal(LoadClient.PayMicros, assignment.GetProperty("paidMicros").GetInt64());
                found.Add(assignment.GetProperty("id").GetString()!, assignment.GetProperty("answer").GetProperty("choice").GetString()!);
            }

            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(wanted.OrderBy(a => a.Key, StringComparer.Ordinal), found.OrderBy(a => a.Key, StringComparer.Ordinal));
        foreach (var client in clients)
            await CheckMoneyAsync(client);
    }

    /// <summary>The worker was paid every answer once, and every payout left once.</summary>
    private static async Task CheckMoneyAsync(LoadClient client)
    {
        var paid = client.Acknowledged.Count * LoadClient.PayMicros;
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var payouts = (await client.Program.SendAsync("{ myPayouts { id status amountMicros } }")).EnumerateArray().ToArray();
            Assert.Equal(client.Payouts.Order(StringComparer.Ordinal), payouts.Select(p => p.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
            if (payouts.All(p => p.GetProperty("status").GetString() == "posted"))
                break;
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(45), "A payout does not come to its end.");
            await Task.Delay(50);
        }

        var account = (await client.Program.SendAsync("query($of: String!) { accounts(of: $of) { creditsMicros debitsMicros } }", new { of = client.Worker }))[0];
        Assert.Equal(paid, account.GetProperty("creditsMicros").GetInt64());
        Assert.Equal(client.Payouts.Count * LoadClient.PayoutMicros, account.GetProperty("debitsMicros").GetInt64());
    }
}

/// <summary>One after the other, since each of them wants the whole machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "Processes";
}
