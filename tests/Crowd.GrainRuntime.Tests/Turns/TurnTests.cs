namespace Crowd.GrainRuntime.Tests;

public class TurnTests
{
    private const int Callers = 64;

    [Fact]
    public async Task A_second_call_waits_for_the_end_of_the_first()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<ITurnGrain>();

        var first = runtime.Begin(() => grain.Visit("first"));
        var second = runtime.Begin(() => grain.Visit("second"));
        Assert.Equal(["+first"], runtime.Probe.Log);
        runtime.Open("first");
        runtime.Open("second");

        Assert.Equal(["+first", "-first", "+second", "-second"], runtime.Probe.Log);
        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_overlap()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<IReentrantTurnGrain>();

        _ = runtime.Begin(() => grain.Visit("first"));
        _ = runtime.Begin(() => grain.Visit("second"));
        runtime.Open("second");
        runtime.Open("first");

        Assert.Equal(["+first", "+second", "-second", "-first"], runtime.Probe.Log);
    }

    [Fact]
    public async Task An_interleaving_call_overlaps_with_others_and_passes_those_that_wait()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<ITurnGrain>();

        _ = runtime.Begin(() => grain.Visit("first"));
        _ = runtime.Begin(() => grain.Visit("waiting"));
        _ = runtime.Begin(() => grain.VisitAnytime("anytime"));

        Assert.Equal(["+first", "+anytime"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_call_begins_beside_an_interleaving_one()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<ITurnGrain>();

        _ = runtime.Begin(() => grain.VisitAnytime("anytime"));
        _ = runtime.Begin(() => grain.Visit("first"));

        Assert.Equal(["+anytime", "+first"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Readers_overlap_with_readers_only_and_do_not_pass_a_writer()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<ITurnGrain>();

        _ = runtime.Begin(() => grain.Read("one"));
        _ = runtime.Begin(() => grain.Read("two"));
        _ = runtime.Begin(() => grain.Visit("writer"));
        _ = runtime.Begin(() => grain.Read("three"));
        Assert.Equal(["+one", "+two"], runtime.Probe.Log);
        runtime.Open("one");
        runtime.Open("two");
        Assert.Equal(["+one", "+two", "-one", "-two", "+writer"], runtime.Probe.Log);
        runtime.Open("writer");

        Assert.Equal("+three", runtime.Probe.Log.Last());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_two_turns_run_at_once_under_64_callers(bool reentrant)
    {
        const int calls = 50, yields = 4;
        await using var runtime = await TestRuntime.OnPoolAsync();
        ITurns grain = reentrant ? runtime.Grain<IReentrantTurnGrain>() : runtime.Grain<ITurnGrain>();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < calls; i++) await grain.Step(yields);
        })));

        Assert.Equal(Callers * calls * yields, await grain.Count());
    }

    [Fact]
    public async Task Grains_call_grains_under_64_callers()
    {
        const int calls = 10;
        await using var runtime = await TestRuntime.OnPoolAsync();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => runtime.Grain<ITurnGrain>($"caller{caller}").Sum(calls, "shared"))));

        Assert.Equal(Callers * calls, await runtime.Grain<ITurnGrain>("shared").Count());
    }

    [Fact]
    public async Task An_idle_grain_answers_a_caller_outside_at_once_and_a_grain_after_its_turn()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<ITurnGrain>("one");
        await runtime.Grain<ITurnGrain>("two").Count();

        // The thread that ran the call before may still be leaving: idle is what a grain is some time later.
        var call = grain.Count();
        while (!call.IsCompleted)
        {
            await call;
            call = grain.Count();
        }

        await call;
        Assert.True(await grain.CallIsQueued("two"));
    }

    [Fact]
    public async Task The_callers_ambient_values_do_not_reach_the_grain_and_stay_with_the_caller()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<IAmbientGrain>();
        AmbientGrain.Ambient.Value = "caller";

        // The first call goes through the mailbox, the second runs inline.
        for (var i = 0; i < 2; i++) Assert.Null(await grain.SeeAndSet("grain"));

        Assert.Equal("caller", AmbientGrain.Ambient.Value);
    }

    [Fact]
    public async Task A_caller_that_has_suppressed_the_flow_of_its_values_still_has_so_after_a_call()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<IAmbientGrain>();
        await grain.SeeAndSet("first");

        List<Task<string?>> calls = [];
        using (ExecutionContext.SuppressFlow())
        {
            for (var i = 0; i < 10; i++) calls.Add(grain.SeeAndSet("grain"));
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.All(await Task.WhenAll(calls), Assert.Null);
    }
}

internal interface IAmbientGrain : IGrainWithStringKey
{
    Task<string?> SeeAndSet(string value);
}

internal sealed class AmbientGrain : Grain, IAmbientGrain
{
    public static readonly AsyncLocal<string?> Ambient = new();

    public Task<string?> SeeAndSet(string value)
    {
        var seen = Ambient.Value;
        Ambient.Value = value;
        return Task.FromResult(seen);
    }
}
