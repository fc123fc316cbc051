namespace Crowd.GrainRuntime.Tests;

public class TimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // A call is noticed to be late at most a tenth of the limit after it is.
    private static readonly TimeSpan Noticed = Limit * 1.1;

    [Fact]
    public async Task A_caller_waits_no_longer_than_the_limit_and_the_call_goes_on()
    {
        await using var runtime = TestRuntime.Simulated(options => options.CallTimeout = Limit);
        var grain = runtime.Grain<ITurnGrain>();
        var call = runtime.Begin(() => grain.Visit("slow"));

        runtime.Advance(Limit);
        Assert.False(call.IsCompleted);
        runtime.Advance(Noticed - Limit);
        Assert.Contains("ITurnGrain.Visit", (await Assert.ThrowsAsync<TimeoutException>(() => call)).Message, StringComparison.Ordinal);
        runtime.Open("slow");

        Assert.Equal(["+slow", "-slow"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_call_that_was_late_in_the_mailbox_is_not_run()
    {
        await using var runtime = TestRuntime.Simulated(options => options.CallTimeout = Limit);
        var grain = runtime.Grain<ITurnGrain>();
        _ = runtime.Begin(() => grain.Visit("slow"));
        var late = runtime.Begin(() => grain.Visit("late"));

        runtime.Advance(Noticed);
        var next = runtime.Begin(() => grain.Count());
        runtime.Open("slow");

        await Assert.ThrowsAsync<TimeoutException>(() => late);
        Assert.Equal(["+slow", "-slow"], runtime.Probe.Log);
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_circle_of_calls_ends_by_the_limit()
    {
        await using var runtime = TestRuntime.Simulated(options => options.CallTimeout = Limit);
        var call = runtime.Begin(() => runtime.Grain<ITurnGrain>("one").Circle("two"));

        runtime.Advance(Noticed);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Equal(0, runtime.Finish(() => runtime.Grain<ITurnGrain>("one").Count()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_mailbox_refuses_and_names_its_limit(bool reentrant)
    {
        await using var runtime = TestRuntime.Simulated(options => options.MailboxLimit = 2);
        ITurns grain = reentrant ? runtime.Grain<IReentrantTurnGrain>() : runtime.Grain<ITurnGrain>();
        var taken = Enumerable.Range(0, 3).Select(_ => runtime.Begin(() => grain.Visit("slow"))).ToList();

        var refused = runtime.Begin(() => grain.Visit("slow"));
        var error = await Assert.ThrowsAsync<LimitExceededException>(() => refused);
        Assert.Contains(nameof(GrainRuntimeOptions.MailboxLimit), error.Message, StringComparison.Ordinal);
        runtime.Open("slow");

        Assert.All(taken, call => Assert.True(call.IsCompletedSuccessfully));
    }
}
