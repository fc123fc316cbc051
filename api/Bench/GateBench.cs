using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary>
/// <c>bench gate</c>: <c>requestDecision</c> and <c>POST /jobs/{id}/decisions</c> over HTTP at a steady rate, in turn, whether the server keeps up or not (open loop). A request's time is counted from when it was due, so
/// that waiting behind a slow one is not left out. Client and server share the process and the machine.
/// </summary>
internal static class GateBench
{
    private const int Connections = 64;

    public static Command Create()
    {
        var database = new Option<string>("--database") { Description = "Connection string. Default: a new SQLite file in a temporary folder.", DefaultValueFactory = _ => BenchFolder.NewSqlite() };
        var rate = new Option<int>("--rate") { Description = "Requests per second. Default 500.", DefaultValueFactory = _ => 500 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of the measurement. Default 10.", DefaultValueFactory = _ => 10 };
        var held = new Option<double>("--held") { Description = "Share of requests that are held for the crowd, 0 to 1. Default 0.1.", DefaultValueFactory = _ => 0.1 };
        var rounds = new Option<int>("--rounds") { Description = "Times that both ways are measured, in turn. Default 2.", DefaultValueFactory = _ => 2 };
        var command = new Command("gate", "Ask for decisions at a steady rate.") { database, rate, seconds, held, rounds };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(database)!, parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(held), parsed.GetValue(rounds), token));
        return command;
    }

    private static async Task<int> RunAsync(string database, int rate, int seconds, double held, int rounds, CancellationToken cancellationToken)
    {
        await using var world = await BenchWorld.StartAsync(database, cancellationToken);
        var (requester, key) = await world.RequesterAsync(1_000_000L * Currency.MicrosPerUnit);
        var job = await world.JobAsync(requester, 100_000L * Currency.MicrosPerUnit);
        await OpenGateAsync(world, job);
        var random = new Random(1);
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("By");
        foreach (var column in new[] { "Offered/s", "Answered", "p50 ms", "p99 ms", "Commit p50 ms", "Commit p99 ms", "Sync p50 ms", "Sync p99 ms", "Processor ms each", "Collections", "Most waiting" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var way in (Way[])[Way.GraphQL, Way.Plain])
            await OfferAsync(world, key, job, way, "warm", rate, 3, held, random, cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in (Way[])[Way.GraphQL, Way.Plain])
            {
                var probe = new CommitTimes(world);
                var (latencies, processor, late, collections) = await OfferAsync(world, key, job, way, $"run{round}", rate, seconds, held, random, cancellationToken);
                await probe.DisposeAsync();
                var (commits, syncs) = probe.Times;
                table.AddRow(
                    way == Way.GraphQL ? "requestDecision" : "POST decisions", $"{rate}", $"{latencies.Count:N0}", $"{latencies.Milliseconds(0.5):N2}", $"{latencies.Milliseconds(0.99):N2}",
                    $"{commits.Milliseconds(0.5):N2}", $"{commits.Milliseconds(0.99):N2}", $"{syncs.Milliseconds(0.5):N2}", $"{syncs.Milliseconds(0.99):N2}", $"{processor.TotalMilliseconds / latencies.Count:N3}", $"{collections}", $"{late}");
            }
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private enum Way
    {
        GraphQL,
        Plain,
    }

    /// <summary>Accepts from 0.9 on, leaves the rest to the crowd.</summary>
    private static async Task OpenGateAsync(BenchWorld world, JobId job)
    {
        var policy = new LoopPolicy { Rules = [new() { Id = "sure", When = new() { Confidence = new(0.9, null) }, Action = RouteAction.Accept }] };
        (await world.Grains.GetGrain<IJobGrain>(job.Value).ChangeLoopAsync(policy, "bench")).OrThrow();
        (await world.Grains.GetGrain<IJobGrain>(job.Value).OpenAsync("bench")).OrThrow();
        var models = world.Grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(job));
        (await models.MeasureAsync("net", "1", new() { Tasks = 1_000, Right = 990, Accuracy = 0.99, Low = 0.98, High = 0.995, Basis = "bench" }, "bench")).OrThrow();
        (await models.ApproveAsync("net", "1", "bench", "bench")).OrThrow();
    }

    private static async Task<(Latencies Latencies, TimeSpan Processor, int MostWaiting, int Collections)> OfferAsync(
        BenchWorld world, string key, JobId job, Way way, string run, int rate, int seconds, double held, Random random, CancellationToken cancellationToken)
    {
        var due = Channel.CreateUnbounded<(long At, string Body)>();
        var latencies = Enumerable.Range(0, Connections).Select(_ => new Latencies()).ToArray();
        var clients = latencies.Select(into => Task.Run(() => SendAsync(new(world.Address.Host, world.Address.Port, key, way == Way.GraphQL ? "/graphql" : $"/jobs/{job}/decisions"), due.Reader, into, cancellationToken), cancellationToken)).ToArray();
        var collected = GC.CollectionCount(0);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        var (sent, most) = (0, 0);
        while (sent < rate * seconds)
        {
            // Everything that is due by now goes out, each with the time at which it should have.
            var ready = Math.Min(rate * seconds, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * rate) + 1);
            for (; sent < ready; sent++)
                due.Writer.TryWrite((begun + (long)((double)sent / rate * Stopwatch.Frequency), Body(way, job, $"{way}-{run}-{sent}", random.NextDouble() < held ? 0.5 : 0.95)));
            most = Math.Max(most, due.Reader.Count);
            await Task.Delay(1, cancellationToken);
        }

        due.Writer.Complete();
        await Task.WhenAll(clients);
        var processor = Process.GetCurrentProcess().TotalProcessorTime - before;
        return (Latencies.Merge(latencies), processor, most, GC.CollectionCount(0) - collected);
    }

    private static async Task SendAsync(LoadClient client, ChannelReader<(long At, string Body)> due, Latencies into, CancellationToken cancellationToken)
    {
        using var owned = client;
        await client.ConnectAsync(cancellationToken);
        await foreach (var (at, body) in due.ReadAllAsync(cancellationToken))
        {
            var answer = await client.SendAsync(body, cancellationToken);
            if (answer.Span.IndexOf("\"status\":\""u8) < 0)
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Span));
            into.Add(Stopwatch.GetTimestamp() - at);
        }
    }

    private static string Body(Way way, JobId job, string key, double confidence) => way == Way.Plain
        ? $"{{\"key\":\"{key}\",\"input\":{{\"text\":\"is this one of the {key}\"}},\"prediction\":{{\"model\":\"net\",\"version\":\"1\",\"label\":\"label-1\","
            + $"\"confidence\":{confidence.ToString("R", CultureInfo.InvariantCulture)}}}}}"
        : $"{{\"query\":\"mutation($job:ID!,$key:String!,$input:JSON!,$p:PredictionInput!){{requestDecision(job:$job,key:$key,input:$input,prediction:$p){{id status label{{choice}}}}}}\","
            + $"\"variables\":{{\"job\":\"{job}\",\"key\":\"{key}\",\"input\":{{\"text\":\"is this one of the {key}\"}},\"p\":{{\"model\":\"net\",\"version\":\"1\",\"label\":{{\"choice\":\"label-1\"}},"
            + $"\"confidence\":{confidence.ToString("R", CultureInfo.InvariantCulture)}}}}}}}";
}
