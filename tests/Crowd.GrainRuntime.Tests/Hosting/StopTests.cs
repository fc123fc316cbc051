using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime.Tests;

public class StopTests
{
    private readonly LifePlan _plan = new();

    [Fact]
    public async Task Before_the_start_and_after_the_end_calls_are_refused()
    {
        await using var notStarted = TestRuntime.NotStarted();
        Assert.Contains("not been started", (await Refusal(notStarted)).Message, StringComparison.Ordinal);

        await using var runtime = await TestRuntime.OnPoolAsync();
        await runtime.Host.StopAsync(CancellationToken.None);
        Assert.Contains("has stopped", (await Refusal(runtime)).Message, StringComparison.Ordinal);
        Assert.Throws<SiloUnavailableException>(() => runtime.Grain<ICallGrain>().Post("void"));
    }

    [Fact]
    public async Task Stopping_refuses_callers_outside_and_lets_running_calls_finish_with_what_they_call()
    {
        await using var runtime = Simulated();
        var running = runtime.Begin(() => runtime.Grain<ILifeGrain>("one").VisitAt("gate"));
        var calling = runtime.Begin(() => runtime.Grain<IStopGrain>().VisitThenCall("gate", "two"));

        var stopping = runtime.Begin(() => runtime.Host.StopAsync(CancellationToken.None));
        Assert.False(stopping.IsCompleted);
        Assert.Contains("stopping", (await Refusal(runtime)).Message, StringComparison.Ordinal);
        runtime.Open("gate");

        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.True(running.IsCompletedSuccessfully);
        Assert.True(calling.IsCompletedSuccessfully);
        Assert.Equal(2, runtime.Probe.Log.Count(line => line == "deactivating: ShuttingDown"));
    }

    [Fact]
    public async Task Stopping_gives_running_calls_up_at_the_limits()
    {
        await using var runtime = Simulated(options =>
            (options.DrainTimeout, options.DeactivationTimeout, options.CallTimeout) =
                (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromHours(1)));
        var running = runtime.Begin(() => runtime.Grain<ILifeGrain>().VisitAt("never"));
        var stopping = runtime.Begin(() => runtime.Host.StopAsync(CancellationToken.None));

        runtime.Advance(TimeSpan.FromSeconds(5));
        Assert.False(stopping.IsCompleted);
        runtime.Advance(TimeSpan.FromSeconds(3));

        Assert.True(stopping.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => running);
        Assert.Contains("deactivated", runtime.Probe.Log);
    }

    [Fact]
    public async Task Stopping_without_time_ends_everything_at_once()
    {
        await using var runtime = Simulated();
        var running = runtime.Begin(() => runtime.Grain<ILifeGrain>().VisitAt("never"));

        var stopping = runtime.Begin(() => runtime.Host.StopAsync(new CancellationToken(canceled: true)));

        Assert.True(stopping.IsCompleted);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => running);
    }

    [Fact]
    public async Task A_farewell_may_call_grains_even_those_that_have_ended()
    {
        await using var runtime = Simulated();
        runtime.Finish(() => runtime.Grain<ILifeGrain>("one").CallWhileEnding("two"));
        runtime.Finish(() => runtime.Grain<ILifeGrain>("two").CallWhileEnding("three"));

        runtime.Finish(() => runtime.Host.StopAsync(CancellationToken.None));

        Assert.Equal(2, runtime.Probe.Log.Count(line => line == "touched"));
        Assert.All(_plan.Living.Values, living => Assert.Equal(0, living));
    }

    [Fact]
    public async Task Stopping_under_load_answers_or_refuses_every_call()
    {
        const int callers = 16;
        await using var runtime = await TestRuntime.OnPoolAsync(services: services => services.AddSingleton(_plan));
        var answered = 0;
        var callersAtWork = new CountdownEvent(callers);

        var work = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                await runtime.Grain<ILifeGrain>($"{(caller + i) % 10}").Instance();
                Interlocked.Increment(ref answered);
                if (i == 0) callersAtWork.Signal();
            }
        })).ToList();
        callersAtWork.Wait();
        await runtime.Host.StopAsync(CancellationToken.None);

        foreach (var caller in work) await Assert.ThrowsAsync<SiloUnavailableException>(() => caller);
        Assert.True(answered >= callers);
        Assert.All(_plan.Living.Values, living => Assert.Equal(0, living));
    }

    [Fact]
    public async Task Disposal_without_a_stop_drops_what_lives()
    {
        var runtime = Simulated();
        var running = runtime.Begin(() => runtime.Grain<ILifeGrain>().VisitAt("gate"));

        await runtime.DisposeAsync();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => running);
        Assert.Equal(["activating", "activated"], runtime.Probe.Log);
    }

    private static async Task<SiloUnavailableException> Refusal(TestRuntime runtime) =>
        await Assert.ThrowsAsync<SiloUnavailableException>(() => runtime.Grain<ICallGrain>().Nothing());

    private TestRuntime Simulated(Action<GrainRuntimeOptions>? options = null) =>
        TestRuntime.Simulated(options, services => services.AddSingleton(_plan));
}

internal interface IStopGrain : IGrainWithStringKey
{
    Task VisitThenCall(string gate, string other);
}

internal sealed class StopGrain(Probe probe) : Grain, IStopGrain
{
    public async Task VisitThenCall(string gate, string other)
    {
        await probe.At(gate);
        await GrainFactory.GetGrain<ILifeGrain>(other).Touch();
    }
}
