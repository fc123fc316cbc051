using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tasks;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary>
/// <c>bench load</c>: assign and submit, again and again, by many clients: through HTTP and through the grains in process; on PostgreSQL beside the rate of one-row
/// commits that pgbench reaches with as many clients. The processor time is that of this process: clients and server, not the database's server.
/// </summary>
internal static class LoadBench
{
    /// <summary>
    /// In a cluster what a task says of a lease may be overtaken by what it says next. Then the job has none to give until it has asked the task, which it does every second.
    /// </summary>
    private const int MostAgain = 50;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Ways = ["http", "grains"];

    public static Command Create()
    {
        var database = new Option<string>("--database") { Description = "Connection string. Default: a new SQLite file in a temporary folder.", DefaultValueFactory = _ => BenchFolder.NewSqlite() };
        var clients = new Option<int>("--clients") { Description = "Clients at the same time. Default 64.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of each measurement. Default 10.", DefaultValueFactory = _ => 10 };
        var tasks = new Option<int>("--tasks") { Description = "Open tasks of the job. Default 100,000.", DefaultValueFactory = _ => 100_000 };
        var through = new Option<string[]>("--through") { Description = "http, grains, or both, which is the default.", DefaultValueFactory = _ => Ways };
        through.AcceptOnlyFromAmong(Ways);
        var command = new Command("load", "Drive assign and submit with many clients.") { database, clients, seconds, tasks, through };
        command.SetAction((parsed, token) => RunAsync(
            parsed.GetValue(database)!, parsed.GetValue(clients), parsed.GetValue(seconds), parsed.GetValue(tasks), parsed.GetValue(through)!, token));
        return command;
    }

    private static async Task<int> RunAsync(string database, int clients, int seconds, int tasks, string[] ways, CancellationToken cancellationToken)
    {
        var commits = await PgBench.RateAsync(database, clients, seconds, cancellationToken);
        await using var world = await BenchWorld.StartAsync(database, cancellationToken);
        var (requester, _) = await world.RequesterAsync(1_000_000L * Currency.MicrosPerUnit);
        var workers = new (WorkerId Worker, string Key)[clients];
        for (var i = 0; i < clients; i++)
            workers[i] = await world.WorkerAsync();

        var table = new Table().Border(TableBorder.Simple).AddColumn("Through").AddColumn("Clients");
        foreach (var column in new[] { "Cycles/s", "p50 ms", "p99 ms", "Cycles", "CPU µs per cycle" })
            table.AddColumn(new TableColumn(column).RightAligned());
        if (commits is not null)
            table.AddColumn(new TableColumn("pgbench commits/s").RightAligned()).AddColumn(new TableColumn("Cycles per commit").RightAligned());
        foreach (var through in ways)
        {
            var job = await world.JobAsync(requester, 100_000L * Currency.MicrosPerUnit);
            await world.FillAsync(job, tasks);
            Task RunOne(int i, Latencies into, CancellationToken end) => through == "http"
                ? HttpAsync(world.Address, workers[i].Key, job, i, into, end)
                : GrainsAsync(world, workers[i].Worker, job, i, into, end);
            await MeasureAsync(clients, TimeSpan.FromSeconds(2), RunOne, cancellationToken); // warm
            var processor = Environment.CpuUsage.TotalTime;
            var (latencies, elapsed) = await MeasureAsync(clients, TimeSpan.FromSeconds(seconds), RunOne, cancellationToken);
            processor = Environment.CpuUsage.TotalTime - processor;
            var rate = latencies.Count / elapsed.TotalSeconds;
            var cells = new List<string> { through, $"{clients}", $"{rate:N0}", $"{latencies.Milliseconds(0.5):N2}", $"{latencies.Milliseconds(0.99):N2}", $"{latencies.Count:N0}", $"{processor.TotalMicroseconds / latencies.Count:N0}" };
            if (commits is { } c)
                cells.AddRange([$"{c:N0}", $"{rate / c:N2}"]);
            table.AddRow([.. cells]);
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<(Latencies Latencies, TimeSpan Elapsed)> MeasureAsync(
        int clients, TimeSpan time, Func<int, Latencies, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(time);
        var watch = Stopwatch.StartNew();
        var all = Enumerable.Range(0, clients).Select(_ => new Latencies()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => run(i, all[i], end.Token), cancellationToken)));
        watch.Stop();
        return (Latencies.Merge(all), watch.Elapsed);
    }

    private static async Task HttpAsync(Uri address, string key, JobId job, int number, Latencies into, CancellationToken end)
    {
        using var client = new LoadClient(address.Host, address.Port, key);
        await client.ConnectAsync(CancellationToken.None);
        var request = $"{{\"query\":\"mutation($job:ID!){{requestWork(job:$job){{id input leaseUntil}}}}\",\"variables\":{{\"job\":\"{job}\"}}}}";
        var random = new Random(number);
        while (!end.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            var given = await client.SendAsync(request, CancellationToken.None);
            var at = given.Span.IndexOf("asg_"u8);
            if (at < 0)
                throw new InvalidOperationException($"No work: {Encoding.UTF8.GetString(given.Span)}");
            var assignment = Encoding.ASCII.GetString(given.Span.Slice(at, 34));
            var submit = $"{{\"query\":\"mutation($a:ID!,$x:AnswerInput!){{submitAnswer(assignment:$a,answer:$x){{repeated}}}}\",\"variables\":{{\"a\":\"{assignment}\",\"x\":{{\"choice\":\"{Label(random)}\"}}}}}}";
            var taken = await client.SendAsync(submit, CancellationToken.None);
            if (taken.Span.IndexOf("\"errors\""u8) >= 0)
                throw new InvalidOperationException(Encoding.UTF8.GetString(taken.Span));
            into.Add(Stopwatch.GetTimestamp() - begun);
        }
    }

    private static async Task GrainsAsync(BenchWorld world, WorkerId worker, JobId job, int number, Latencies into, CancellationToken end)
    {
        var random = new Random(number);
        var grain = world.Grains.GetGrain<IJobGrain>(job.Value);
        while (!end.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            var given = await grain.RequestWorkAsync(worker, 1, worker.Value);
            for (var again = 0; given.Rejection is { Code: RejectionCode.NoWork } && again < MostAgain; again++)
            {
                await Task.Delay(AskAgain, CancellationToken.None);
                given = await grain.RequestWorkAsync(worker, 1, worker.Value);
            }

            var lease = given.OrThrow()[0];
            (await world.Grains.GetGrain<ITaskGrain>(lease.Assignment.Task.Value).SubmitAsync(lease.Assignment, worker, new Answer.Choice(Label(random)), worker.Value)).OrThrow();
            into.Add(Stopwatch.GetTimestamp() - begun);
        }
    }

    /// <summary>Mostly the same label, so that most answers agree and are paid.</summary>
    private static string Label(Random random) => $"label-{(random.NextDouble() < 0.9 ? 0 : random.Next(BenchWorld.Labels))}";
}
