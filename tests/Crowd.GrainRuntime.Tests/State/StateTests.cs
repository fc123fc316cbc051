using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime.Tests;

internal sealed class Tally
{
    public int Count { get; set; }
}

internal interface IStateGrain : IGrainWithStringKey
{
    Task<int> Add(int number, bool write = true);

    Task<int> Other();

    Task<bool> Clear();

    Task End();
}

internal sealed class StateGrain(
    [PersistentState("one")] IPersistentState<Tally> one, Probe probe, [PersistentState("two", "Default")] IPersistentState<Tally> two) : Grain, IStateGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Note($"{one.RecordExists} {one.State.Count} {two.State.Count}");
        return Task.CompletedTask;
    }

    public async Task<int> Add(int number, bool write = true)
    {
        one.State.Count += number;
        if (write) await one.WriteStateAsync();
        return one.State.Count;
    }

    public async Task<int> Other()
    {
        two.State.Count = 100;
        await two.WriteStateAsync(CancellationToken.None);
        return one.State.Count;
    }

    public async Task<bool> Clear()
    {
        await one.ClearStateAsync();
        return one.RecordExists || one.Etag is not null || one.State.Count != 0;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public class StateTests
{
    [Fact]
    public async Task Written_state_is_there_before_the_next_activation_and_unwritten_is_not()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<IStateGrain>();

        Assert.Equal(3, runtime.Finish(() => grain.Add(3)));
        Assert.Equal(3, runtime.Finish(() => grain.Other()));
        Assert.Equal(10, runtime.Finish(() => grain.Add(7, write: false)));
        runtime.Finish(() => grain.End());
        Assert.Equal(4, runtime.Finish(() => grain.Add(1)));

        Assert.Equal(["False 0 0", "True 3 100"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Cleared_state_is_new()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<IStateGrain>();
        runtime.Finish(() => grain.Add(3));

        Assert.False(runtime.Finish(() => grain.Clear()));
        runtime.Finish(() => grain.End());
        Assert.Equal(1, runtime.Finish(() => grain.Add(1)));
    }

    [Fact]
    public async Task A_write_over_another_writers_fails_and_the_next_call_sees_what_is_stored()
    {
        var storage = new MemoryGrainStorage();
        await using var runtime = TestRuntime.Simulated(services: services => services.AddKeyedSingleton<IGrainStorage>("Default", storage));
        var grain = runtime.Grain<IStateGrain>();
        runtime.Finish(() => grain.Add(1));
        var other = new GrainState<Tally>();
        await storage.ReadStateAsync("one", GrainId.Create("state", "a"), other, CancellationToken.None);
        other.State.Count = 50;
        await storage.WriteStateAsync("one", GrainId.Create("state", "a"), other, CancellationToken.None);

        var failed = runtime.Begin(() => grain.Add(1));
        await Assert.ThrowsAsync<InconsistentStateException>(() => failed);

        Assert.Equal(51, runtime.Finish(() => grain.Add(1)));
    }
}
