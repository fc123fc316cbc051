namespace Crowd.GrainRuntime.Tests;

internal interface ITimerGrain : IGrainWithStringKey
{
    Task Start(TimeSpan dueTime, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null);

    Task Change(TimeSpan dueTime, TimeSpan period);

    Task Stop();

    Task VisitAt(string gate);

    Task Fail();

    [AlwaysInterleave]
    Task EndAnytime();
}

internal sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private bool _fails;
    private int _ticks;

    public Task Start(TimeSpan dueTime, TimeSpan period, bool interleave = false, bool keepAlive = false, string? gate = null)
    {
        var options = new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave, KeepAlive = keepAlive };
        _timer = this.RegisterGrainTimer(TickAsync, gate, options);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task VisitAt(string gate) => probe.At(gate);

    public Task Fail()
    {
        _fails = true;
        return Task.CompletedTask;
    }

    public Task EndAnytime()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task TickAsync(string? gate, CancellationToken cancellationToken)
    {
        probe.Note($"tick {++_ticks}");
        if (_fails) throw new InvalidDataException("tick");
        if (gate is not null) await probe.At(gate);
        if (cancellationToken.IsCancellationRequested) probe.Note("stopped");
    }
}

public class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_timer_ticks_at_its_due_time_and_then_by_its_period()
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, 2 * Second));

        runtime.Advance(Second * 0.9);
        Assert.Empty(runtime.Probe.Log);
        runtime.Advance(Second * 0.1);
        Assert.Equal(["tick 1"], runtime.Probe.Log);
        runtime.Advance(4 * Second, 4);

        Assert.Equal(["tick 1", "tick 2", "tick 3"], runtime.Probe.Log);
    }

    [Fact]
    public async Task The_period_counts_from_the_end_of_a_tick()
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, Second, gate: "gate"));

        runtime.Advance(10 * Second, 10);
        Assert.Equal(["tick 1"], runtime.Probe.Log);
        runtime.Open("gate");
        runtime.Advance(Second);

        Assert.Equal(["tick 1", "tick 2"], runtime.Probe.Log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tick_waits_for_running_calls_unless_it_interleaves(bool interleave)
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, Timeout.InfiniteTimeSpan, interleave));
        _ = runtime.Begin(() => runtime.Grain<ITimerGrain>().VisitAt("gate"));

        runtime.Advance(Second);
        Assert.Equal(interleave ? 1 : 0, runtime.Probe.Log.Count);
        runtime.Open("gate");
        runtime.Advance(10 * Second, 10);

        Assert.Equal(["tick 1"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_changed_timer_follows_its_new_times_and_a_disposed_one_is_silent()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<ITimerGrain>();
        runtime.Finish(() => grain.Start(Second, Second));
        runtime.Advance(Second);
        runtime.Finish(() => grain.Change(5 * Second, Second));

        runtime.Advance(4 * Second, 4);
        Assert.Equal(["tick 1"], runtime.Probe.Log);
        runtime.Advance(2 * Second, 2);
        Assert.Equal(["tick 1", "tick 2", "tick 3"], runtime.Probe.Log);
        runtime.Finish(() => grain.Stop());
        runtime.Advance(10 * Second, 10);

        Assert.Equal(3, runtime.Probe.Log.Count);
    }

    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Fail());
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, Second));

        runtime.Advance(3 * Second, 3);

        Assert.Equal(3, runtime.Probe.Log.Count);
    }

    [Fact]
    public async Task Timers_end_with_the_activation_and_their_tokens_say_so()
    {
        await using var runtime = TestRuntime.Simulated(options => options.DeactivationTimeout = Second);
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, Second, gate: "gate"));
        runtime.Advance(Second);
        runtime.Finish(() => runtime.Grain<ITimerGrain>().EndAnytime());

        // The tick under way holds up the end until the limit.
        runtime.Advance(2 * Second, 2);
        runtime.Open("gate");
        runtime.Advance(10 * Second, 10);

        Assert.Equal(["tick 1", "stopped"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_dropped_grain_ticks_no_more()
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(Second, Second));
        runtime.Advance(Second);

        runtime.Host.Drop<ITimerGrain>("a");
        runtime.Advance(10 * Second, 10);

        Assert.Equal(["tick 1"], runtime.Probe.Log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ticks_keep_a_grain_alive_only_if_asked_to(bool keepAlive)
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), keepAlive: keepAlive));

        runtime.Advance(TimeSpan.FromMinutes(40), 80);

        if (keepAlive) Assert.Equal("tick 40", runtime.Probe.Log.Last());
        else Assert.InRange(runtime.Probe.Log.Count, 14, 17);
    }

    [Theory]
    [InlineData(-2, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -2)]
    public async Task Times_out_of_range_are_refused(int dueSeconds, int periodSeconds)
    {
        await using var runtime = TestRuntime.Simulated();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => runtime.Finish(() => runtime.Grain<ITimerGrain>().Start(dueSeconds * Second, periodSeconds * Second)));
    }
}
