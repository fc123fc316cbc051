using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime.Tests;

public class IdleTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly LifePlan _plan = new();

    [Fact]
    public async Task An_unused_activation_is_ended_and_a_used_one_is_not()
    {
        await using var runtime = TestRuntime.Simulated(Collecting, services => services.AddSingleton(_plan));
        var unused = runtime.Finish(() => runtime.Grain<ILifeGrain>("unused").Instance());
        var used = runtime.Finish(() => runtime.Grain<ILifeGrain>("used").Instance());

        for (var minute = 0; minute < 7; minute++)
        {
            runtime.Advance(Look);
            Assert.Equal(used, runtime.Finish(() => runtime.Grain<ILifeGrain>("used").Instance()));
        }

        Assert.NotEqual(unused, runtime.Finish(() => runtime.Grain<ILifeGrain>("unused").Instance()));
        Assert.Equal("deactivating: ActivationIdle", Assert.Single(runtime.Probe.Log, line => line.StartsWith("deactivating", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_activation_may_ask_to_stay()
    {
        await using var runtime = TestRuntime.Simulated(Collecting, services => services.AddSingleton(_plan));
        var grain = runtime.Grain<ILifeGrain>();
        runtime.Finish(() => grain.Stay(TimeSpan.FromMinutes(30)));

        runtime.Advance(TimeSpan.FromMinutes(29), 29);
        Assert.DoesNotContain("deactivated", runtime.Probe.Log);
        runtime.Advance(TimeSpan.FromMinutes(2), 2);

        Assert.Contains("deactivated", runtime.Probe.Log);
    }

    [Fact]
    public async Task A_running_call_keeps_its_activation()
    {
        await using var runtime = TestRuntime.Simulated(Collecting, services => services.AddSingleton(_plan));
        _ = runtime.Begin(() => runtime.Grain<ILifeGrain>().VisitAt("gate"));

        runtime.Advance(TimeSpan.FromMinutes(30), 30);

        Assert.DoesNotContain("deactivated", runtime.Probe.Log);
    }

    [Fact]
    public async Task Calls_that_race_with_the_collection_are_all_answered_and_never_by_two_at_once()
    {
        const int callers = 16, calls = 200, keys = 4;
        await using var runtime = await TestRuntime.OnPoolAsync(
            options => (options.CollectionAge, options.CollectionQuantum, options.CallTimeout) =
                (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500), TimeSpan.FromDays(1)),
            services => services.AddSingleton(_plan));

        var work = Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < calls; i++) Assert.True(await runtime.Grain<ILifeGrain>($"{(caller + i) % keys}").Instance() > 0);
        })));
        while (!work.IsCompleted)
        {
            runtime.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        await work;
        Assert.DoesNotContain("two at once", runtime.Probe.Log);
    }

    private static void Collecting(GrainRuntimeOptions options) => (options.CollectionAge, options.CollectionQuantum) = (Age, Look);
}
