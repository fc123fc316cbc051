using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime.Tests;

public class ActivationTests
{
    private readonly LifePlan _plan = new();

    [Fact]
    public async Task The_first_call_waits_for_the_activation()
    {
        await using var runtime = Simulated();
        _plan.OnActivate = _ => runtime.Probe.At("activation");
        var grain = runtime.Grain<ILifeGrain>();

        var calls = Enumerable.Range(0, 3).Select(_ => runtime.Begin(() => grain.Instance())).ToList();
        Assert.Equal(["activating"], runtime.Probe.Log);
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        runtime.Open("activation");

        Assert.Equal(["activating", "activated"], runtime.Probe.Log);
        Assert.Single(calls.Select(call => call.Result).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failing_activation_fails_the_waiting_calls_and_the_next_call_tries_again(bool inConstructor)
    {
        await using var runtime = Simulated();
        if (inConstructor) _plan.FailConstructor = static () => true;
        else _plan.OnActivate = async _ =>
        {
            await runtime.Probe.At("activation");
            throw new InvalidDataException("activation");
        };
        var grain = runtime.Grain<ILifeGrain>();

        var calls = Enumerable.Range(0, 3).Select(_ => runtime.Begin(() => grain.Instance())).ToList();
        runtime.Open("activation");
        foreach (var call in calls) await Assert.ThrowsAsync<InvalidDataException>(() => call);
        _plan.FailConstructor = static () => false;
        _plan.OnActivate = static _ => Task.CompletedTask;

        Assert.True(runtime.Finish(() => grain.Instance()) > 0);
        Assert.DoesNotContain(runtime.Probe.Log, line => line.StartsWith("deactivating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interleaving_calls_do_not_stand_behind_others_after_the_activation()
    {
        await using var runtime = Simulated();
        _plan.OnActivate = _ => runtime.Probe.At("activation");
        var grain = runtime.Grain<ILifeGrain>();
        _ = runtime.Begin(() => grain.VisitAt("gate"));
        _ = runtime.Begin(() => grain.Instance());
        var anytime = runtime.Begin(() => grain.Anytime());

        runtime.Open("activation");

        Assert.True(anytime.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_activation_has_its_own_scope_until_its_end()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<ILifeGrain>();

        var id = runtime.Finish(() => grain.Scoped());
        Assert.Equal(id, runtime.Finish(() => grain.Scoped()));
        var thing = ScopedThing.Newest!;
        runtime.Finish(() => grain.End());
        runtime.Scheduler.RunUntilIdle();

        Assert.True(thing.IsDisposed);
        Assert.NotEqual(id, runtime.Finish(() => grain.Scoped()));
    }

    [Fact]
    public async Task A_grain_that_ends_finishes_its_call_and_hands_the_waiting_ones_on()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<ILifeGrain>();
        var before = runtime.Finish(() => grain.Instance());

        var last = runtime.Begin(() => grain.EndThenVisit("gate"));
        var waiting = runtime.Begin(() => grain.Instance());
        Assert.False(waiting.IsCompleted);
        runtime.Open("gate");

        Assert.True(last.IsCompletedSuccessfully);
        Assert.NotEqual(before, await waiting);
        Assert.Equal(
            ["activating", "activated", "deactivating: ApplicationRequested", "deactivated", "activating", "activated"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_failing_farewell_ends_the_activation_all_the_same()
    {
        await using var runtime = Simulated();
        _plan.OnDeactivate = static _ => throw new InvalidDataException("farewell");
        var grain = runtime.Grain<ILifeGrain>();
        var before = runtime.Finish(() => grain.Instance());

        runtime.Finish(() => grain.End());

        Assert.NotEqual(before, runtime.Finish(() => grain.Instance()));
    }

    [Fact]
    public async Task A_farewell_that_takes_too_long_is_given_up()
    {
        await using var runtime = Simulated(options => options.DeactivationTimeout = TimeSpan.FromSeconds(5));
        _plan.OnDeactivate = _ => runtime.Probe.At("never");
        var grain = runtime.Grain<ILifeGrain>();
        var before = runtime.Finish(() => grain.Instance());
        runtime.Finish(() => grain.End());
        var waiting = runtime.Begin(() => grain.Instance());
        Assert.False(waiting.IsCompleted);

        _plan.OnDeactivate = static _ => Task.CompletedTask;
        runtime.Advance(TimeSpan.FromSeconds(5));

        Assert.NotEqual(before, await waiting);
    }

    [Fact]
    public async Task An_inconsistent_state_ends_the_activation_after_the_call()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<ILifeGrain>();
        var before = runtime.Finish(() => grain.Instance());

        var call = runtime.Begin(() => grain.Inconsistent());
        await Assert.ThrowsAsync<InconsistentStateException>(() => call);

        Assert.NotEqual(before, runtime.Finish(() => grain.Instance()));
        Assert.Contains("deactivating: ApplicationError", runtime.Probe.Log);
    }

    [Fact]
    public async Task An_inconsistent_state_ends_only_the_activation_that_it_is_about()
    {
        await using var runtime = Simulated();
        var caller = runtime.Grain<ILifeGrain>("caller");
        var before = runtime.Finish(() => caller.Instance());

        var call = runtime.Begin(() => caller.InconsistentOf("a"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => call);

        Assert.Equal(before, runtime.Finish(() => caller.Instance()));
        Assert.Single(runtime.Probe.Log, line => line == "deactivated");
    }

    [Fact]
    public async Task A_grain_that_ends_as_it_begins_does_not_hand_its_callers_on_for_ever()
    {
        await using var runtime = Simulated();
        _plan.EndAtOnce = true;

        var call = runtime.Begin(() => runtime.Grain<ILifeGrain>().Instance());

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
    }

    [Fact]
    public async Task A_dropped_grain_is_gone_in_the_middle_of_its_call()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<ILifeGrain>();
        var before = runtime.Finish(() => grain.Instance());
        var running = runtime.Begin(() => grain.VisitAt("gate"));
        var waiting = runtime.Begin(() => grain.Instance());

        Assert.True(runtime.Host.Drop<ILifeGrain>("a"));
        Assert.False(runtime.Host.Drop<ILifeGrain>("a"));
        runtime.Open("gate");

        await Assert.ThrowsAsync<SiloUnavailableException>(() => running);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => waiting);
        Assert.NotEqual(before, runtime.Finish(() => grain.Instance()));
        Assert.DoesNotContain(runtime.Probe.Log, line => line.StartsWith("deactivating", StringComparison.Ordinal));
    }

    private TestRuntime Simulated(Action<GrainRuntimeOptions>? options = null) =>
        TestRuntime.Simulated(options, services => services.AddSingleton(_plan).AddScoped<ScopedThing>());
}
