using Microsoft.Extensions.Time.Testing;

namespace Crowd.GrainRuntime.Tests;

internal interface IRelayGrain : IGrainWithStringKey
{
    /// <summary>Passes a token on through other grains, noting each hop and the thread it ran on.</summary>
    Task<int> Pass(string token, int hops);

    Task StartTimer();
}

internal interface IReentrantRelayGrain : IGrainWithStringKey
{
    Task<int> Pass(string token, int hops);
}

internal sealed class RelayGrain(Probe probe) : Grain, IRelayGrain
{
    public const int Grains = 5;

    public async Task<int> Pass(string token, int hops)
    {
        probe.Note($"{this.GetPrimaryKeyString()}:{token}:{hops}@{Environment.CurrentManagedThreadId}");
        await Task.Yield();
        if (hops == 0) return 1;
        var next = (int.Parse(this.GetPrimaryKeyString()) + hops) % Grains;
        var through = GrainFactory.GetGrain<IReentrantRelayGrain>($"{next}");
        var both = await Task.WhenAll(through.Pass($"{token}a", hops - 1), through.Pass($"{token}b", 0));
        return both.Sum();
    }

    public Task StartTimer()
    {
        this.RegisterGrainTimer(() => Pass("timer", 0), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }
}

[Reentrant]
internal sealed class ReentrantRelayGrain(Probe probe) : Grain, IReentrantRelayGrain
{
    public async Task<int> Pass(string token, int hops)
    {
        probe.Note($"r{this.GetPrimaryKeyString()}:{token}:{hops}@{Environment.CurrentManagedThreadId}");
        await Task.Yield();
        if (hops == 0) return 1;
        return 1 + await this.AsReference<IReentrantRelayGrain>().Pass(token, hops - 1);
    }
}

public class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20260101)]
    public async Task The_same_seed_gives_the_same_trace(int seed)
    {
        var first = await TraceAsync(seed);
        var second = await TraceAsync(seed);

        Assert.Equal(first, second);
        Assert.NotEqual(first, await TraceAsync(seed + 1));
    }

    [Fact]
    public async Task Everything_runs_on_the_thread_that_asks()
    {
        var trace = await TraceAsync(1);

        Assert.Equal([$"{Environment.CurrentManagedThreadId}"], trace.Select(line => line.Split('@')[1]).Distinct());
    }

    [Fact]
    public void What_never_comes_is_named_with_the_seed()
    {
        var scheduler = new DeterministicScheduler(42);
        var never = scheduler.Run(() => new TaskCompletionSource().Task);

        Assert.Contains("seed 42", Assert.Throws<InvalidOperationException>(() => scheduler.RunUntil(never)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_run_stops_at_the_limit()
    {
        var scheduler = new DeterministicScheduler(1);
        _ = scheduler.Run(async () =>
        {
            while (true) await Task.Yield();
        });

        Assert.Throws<InvalidOperationException>(() => scheduler.RunUntilIdle(100));
        Assert.Equal(100, scheduler.Steps);
    }

    [Fact]
    public void A_run_within_a_run_is_refused()
    {
        var scheduler = new DeterministicScheduler(1);
        var inner = scheduler.Run(() => Task.FromResult(scheduler.RunOne()));

        Assert.Throws<InvalidOperationException>(() => scheduler.RunUntil(inner));
    }

    [Fact]
    public void A_client_gets_results_and_exceptions()
    {
        var scheduler = new DeterministicScheduler(1);

        Assert.Equal(3, scheduler.RunUntil(scheduler.Run(async () =>
        {
            await Task.Yield();
            return 3;
        })));
        Assert.Throws<InvalidDataException>(() => scheduler.RunUntil(scheduler.Run(() => throw new InvalidDataException())));
    }

    private static Task<List<string>> TraceAsync(int seed)
    {
        // No await between the pieces: all of them belong on this thread.
        var runtime = TestRuntime.Simulated(seed: seed, time: new FakeTimeProvider());
        for (var client = 0; client < 8; client++)
        {
            var token = $"{client}";
            _ = runtime.Scheduler.Run(async () =>
            {
                for (var round = 0; round < 3; round++) await runtime.Grain<IRelayGrain>($"{(round + token[0]) % RelayGrain.Grains}").Pass(token, 3);
            });
        }

        _ = runtime.Scheduler.Run(() => runtime.Grain<IRelayGrain>("0").StartTimer());
        runtime.Scheduler.RunUntilIdle();
        runtime.Advance(TimeSpan.FromSeconds(5), 5);
        runtime.Host.Drop<IRelayGrain>("1");
        runtime.Advance(TimeSpan.FromMinutes(20), 20);
        runtime.Finish(() => runtime.Host.StopAsync(CancellationToken.None));
        return Task.FromResult(runtime.Probe.Log.ToList());
    }
}
