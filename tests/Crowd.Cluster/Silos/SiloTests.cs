using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tasks;

namespace Crowd.Cluster.Silos;

/// <summary>The invariants of the design on two and three silos, whatever goes away.</summary>
public sealed class SiloTests
{
    [SkippableFact]
    public async Task Grains_of_two_silos_write_one_log()
    {
        await using var silos = await TestSilos.StartAsync(2);
        var work = await Work.BeginAsync(silos.Client, tasks: 60, workers: 8);
        await work.AnswerAsync();
        Assert.Empty(work.Failures);
        Assert.Equal(120, work.Acknowledged.Count);
        var holders = work.Acknowledged.Select(a => silos.HolderOf(silos.Client.GetGrain<ITaskGrain>(a.Task.Value))?.Name).Distinct().ToArray();
        Assert.Equal(2, holders.OfType<string>().Count());
        await work.CloseAsync();
        await work.VerifyAsync(silos.OpenLog().Journal);
    }

    [SkippableFact]
    public async Task A_silo_that_is_killed_loses_nothing_and_its_grains_answer_elsewhere()
    {
        await using var silos = await TestSilos.StartAsync(3);
        var work = await Work.BeginAsync(silos.Client, tasks: 400, workers: 8);
        var answering = work.AnswerAsync();
        await Work.UntilAsync(() => Task.FromResult(work.Acknowledged.Count > 100), "the first answers");
        var job = silos.Client.GetGrain<IJobGrain>(work.Job.Value);
        await silos.KillAsync(silos.HolderOf(job)!);
        await answering;
        Assert.Empty(work.Failures);
        await work.CloseAsync();
        await work.VerifyAsync(silos.OpenLog().Journal);
    }

    [SkippableFact]
    public async Task Silos_restart_one_after_another_and_no_call_is_refused()
    {
        await using var silos = await TestSilos.StartAsync(2);
        var work = await Work.BeginAsync(silos.Client, tasks: 2_000, workers: 4);
        using var end = new CancellationTokenSource();
        var answering = work.AnswerAsync(end: end.Token);
        foreach (var old in silos.Silos)
        {
            var before = work.Acknowledged.Count;
            await silos.AddAsync();
            await silos.StopAsync(old);
            await Work.UntilAsync(() => Task.FromResult(work.Acknowledged.Count > before + 50), "answers after a restart");
        }

        await end.CancelAsync();
        await answering;
        Assert.Empty(work.Failures);
        await work.CloseAsync();
        await work.VerifyAsync(silos.OpenLog().Journal);
    }

    [SkippableFact]
    public async Task Reactors_run_at_one_silo_and_move_when_it_dies()
    {
        await using var silos = await TestSilos.StartAsync(3);
        var leader = await silos.WaitForLeaderAsync();
        await Work.BeginAsync(silos.Client, tasks: 1, workers: 1); // the reactor brings its money
        await silos.KillAsync(leader);
        Assert.NotEqual(leader.SiloAddress, (await silos.WaitForLeaderAsync()).SiloAddress);
        var work = await Work.BeginAsync(silos.Client, tasks: 5, workers: 2);
        await work.AnswerAsync();
        await work.CloseAsync();
        await work.VerifyAsync(silos.OpenLog().Journal);
    }

    /// <summary>Two clusters that know nothing of each other are what a partition leaves: every grain may be active in both.</summary>
    [SkippableFact]
    public async Task Of_a_grain_that_is_active_twice_one_loses_by_version_and_reads_again()
    {
        await using var here = await TestSilos.StartAsync(1);
        await using var there = await TestSilos.StartAsync(1, here.Database);
        var work = await Work.BeginAsync(here.Client, tasks: 40, workers: 6, fundMicros: 100_000_000);
        await Task.WhenAll(work.AnswerAsync(here.Client), work.AnswerAsync(there.Client));
        Assert.Empty(work.Failures);
        Assert.NotEmpty(work.Acknowledged);
        var (left, right) = (here.Client.GetGrain<IJobGrain>(work.Job.Value), there.Client.GetGrain<IJobGrain>(work.Job.Value));
        // Neither has heard of what the other commits: it finds another version than its own, reads again, and does it.
        Work.Must(await left.ExcludeAsync(work.Workers[0], "First.", "test"));
        Work.Must(await right.ExcludeAsync(work.Workers[1], "Second.", "test"));
        Work.Must(await left.ReadmitAsync(work.Workers[1], "Third.", "test"));
        Work.Must(await right.ReadmitAsync(work.Workers[0], "Fourth.", "test"));
        Assert.Equal((0, 0), await work.CountAsync(here.OpenLog().Journal));
    }
}
