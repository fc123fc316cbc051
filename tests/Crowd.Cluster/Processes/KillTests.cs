using System.Diagnostics;
using System.Globalization;
using Crowd.Cluster.Silos;
using Crowd.Cluster.Tables;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace Crowd.Cluster.Processes;

/// <summary>Silos as processes, whose members, like everything, are in PostgreSQL, under load, and killed one after another.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>Kills; one every <see cref="Between"/>.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("CROWD_CLUSTER_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CROWD_CLUSTER_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    [SkippableFact]
    public async Task Silos_that_are_killed_under_load_lose_no_answer_and_pay_none_twice()
    {
        var database = await Scripts.CreateSchemaAsync();
        var silos = new List<SiloProcess>();
        try
        {
            for (var i = 0; i < 3; i++)
                silos.Add(await SiloProcess.StartAsync(database, "kill"));
            using var client = Client(database, "kill");
            await client.StartAsync();
            var grains = client.Services.GetRequiredService<IClusterClient>();
            var work = await Work.BeginAsync(grains, tasks: 5_000, workers: 16, fundMicros: 900_000_000);
            using var end = new CancellationTokenSource();
            var answering = work.AnswerAsync(end: end.Token);
            var (watch, longest) = (Stopwatch.StartNew(), TimeSpan.Zero);
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(Between / 2);
                var victim = silos[kill % silos.Count];
                await victim.KillAsync();
                var (before, silence) = (work.Acknowledged.Count, Stopwatch.StartNew());
                await Work.UntilAsync(() => Task.FromResult(work.Acknowledged.Count > before + 200 || answering.IsCompleted), "answers after a kill");
                longest = silence.Elapsed > longest ? silence.Elapsed : longest;
                silos[kill % silos.Count] = await SiloProcess.StartAsync(database, "kill");
                await Task.Delay(Between / 2);
            }

            await end.CancelAsync();
            await answering;
            watch.Stop();
            await work.CloseAsync();
            await using var store = JournalFactory.Open(database, TimeProvider.System, null, new());
            var (lost, twice) = await work.CountAsync(store.Journal);
            output.WriteLine(
                $"{Kills} kills in {watch.Elapsed.TotalSeconds:N0} s; {work.Acknowledged.Count:N0} answers acknowledged, {lost} lost, {twice} paid twice; {work.Failures.Count} calls failed; " +
                $"200 more answers at most {longest.TotalSeconds:N1} s after a kill");
            foreach (var failure in work.Failures.Take(5))
                output.WriteLine(failure.ToString());
            Assert.Equal((0, 0), (lost, twice));
            await work.VerifyAsync(store.Journal);
            Assert.Empty(work.Failures);
            await client.StopAsync();
        }
        finally
        {
            foreach (var silo in silos)
                await silo.DisposeAsync();
        }
    }

    private static IHost Client(string database, string id)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddCrowd(new() { Database = database, Cluster = new() { Id = id } });
        return builder.Build();
    }
}
