using System.CommandLine;
using System.Diagnostics;
using Crowd.Api.Access;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tasks;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary>
/// <c>bench scale</c>: a job with few and with many open tasks: time to the next task, memory for an open task, and time from the start of a server to the
/// first task given out.
/// </summary>
internal static class ScaleBench
{
    private const int Rounds = 900;
    private const int Repeats = 15;
    private const int Workers = 64;

    public static Command Create()
    {
        var few = new Option<int>("--few") { Description = "The smaller number of open tasks. Default 1,000.", DefaultValueFactory = _ => 1_000 };
        var many = new Option<int>("--many") { Description = "The larger number. Default 1,000,000.", DefaultValueFactory = _ => 1_000_000 };
        var database = new Option<string?>("--database") { Description = "Connection string of an empty database for each size, with {0} for the size. Default: new SQLite files." };
        var command = new Command("scale", "Compare few open tasks with many.") { few, many, database };
        command.SetAction((parsed, token) => RunAsync([parsed.GetValue(few), parsed.GetValue(many)], parsed.GetValue(database), token));
        return command;
    }

    private static async Task<int> RunAsync(int[] sizes, string? pattern, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "Open tasks", "Next task µs (p50)", "of it in the queue µs", "Bytes per open task", "Start to first task ms" })
            table.AddColumn(new TableColumn(column).RightAligned());
        var results = new List<(double Next, double Queue)>();
        foreach (var size in sizes)
        {
            var database = pattern is null ? BenchFolder.NewSqlite() : string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, size);
            JobId job;
            WorkerId worker;
            await using (var world = await BenchWorld.StartAsync(database, cancellationToken))
            {
                var (requester, _) = await world.RequesterAsync(1_000_000L * Currency.MicrosPerUnit);
                job = await world.JobAsync(requester, 500_000L * Currency.MicrosPerUnit);
                worker = (await world.WorkerAsync()).Worker;
                await world.FillAsync(job, size);
            }

            var begun = Stopwatch.GetTimestamp();
            await using var again = await BenchWorld.StartAsync(database, cancellationToken);
            var first = (await again.Grains.GetGrain<IJobGrain>(job.Value).RequestWorkAsync(worker, 1, "bench")).OrThrow()[0];
            var start = Stopwatch.GetElapsedTime(begun);
            var next = await NextAsync(again, job, worker, first.Assignment);
            var (queue, bytes) = Queue(size, sizes.Min());
            results.Add((next, queue));
            table.AddRow($"{size:N0}", $"{next:N0}", $"{queue:N3}", $"{bytes:N0}", $"{start.TotalMilliseconds:N0}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Next task: {results[1].Next / results[0].Next:N2} times the time; in the queue alone {results[1].Queue / results[0].Queue:N2} times.");
        return 0;
    }

    /// <summary>Median microseconds from asking for a task to having it, one client, with its commit.</summary>
    private static async Task<double> NextAsync(BenchWorld world, JobId job, WorkerId worker, AssignmentId held)
    {
        var latencies = new Latencies();
        for (var i = 0; i < Rounds; i++)
        {
            await world.Grains.GetGrain<ITaskGrain>(held.Task.Value).SubmitAsync(held, worker, new Answer.Choice("label-0"), "bench");
            var begun = Stopwatch.GetTimestamp();
            held = (await world.Grains.GetGrain<IJobGrain>(job.Value).RequestWorkAsync(worker, 1, "bench")).OrThrow()[0].Assignment;
            latencies.Add(Stopwatch.GetTimestamp() - begun);
        }

        return Latencies.Merge([latencies]).Milliseconds(0.5) * 1000;
    }

    /// <summary>Median microseconds to take a task from the queue in memory, and bytes that it holds for one. Both sizes take as many tasks.</summary>
    private static (double Microseconds, double Bytes) Queue(int size, int takes)
    {
        var times = new List<double>();
        var bytes = BytesPerTask(size);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var queue = QueueProbe.Fill(size);
            var begun = Stopwatch.GetTimestamp();
            var taken = queue.TakeAll(Workers, most: takes / Workers);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds / taken);
        }

        times.Sort();
        return (times[Repeats / 2], bytes);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static double BytesPerTask(int size)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var queue = QueueProbe.Fill(size);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(queue);
        return (after - before) / (double)size;
    }
}
