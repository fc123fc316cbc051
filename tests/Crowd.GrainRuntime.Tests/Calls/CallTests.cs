namespace Crowd.GrainRuntime.Tests;

public class CallTests
{
    [Fact]
    public async Task Arguments_and_results_of_every_kind_pass()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<ICallGrain>("k1");
        var parcel = new Parcel("abc");

        await grain.Nothing();
        Assert.Equal("k1", await grain.Key());
        Assert.Equal(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 3, await grain.Sum(1, 2, 3, 4, 5, 6, 7, 8, 9, parcel));
        Assert.Same(parcel, await grain.Same(parcel, CancellationToken.None));
        Assert.Equal(42, await grain.Double(21));
        await grain.Quiet();
        Assert.True(await grain.TokenIs(new CancellationToken(canceled: true)));
        Assert.Equal("k1other", await grain.ThroughItself());
    }

    [Fact]
    public async Task Exceptions_reach_the_caller_as_thrown()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<ICallGrain>();

        for (var round = 0; round < 2; round++)
        {
            var atOnce = await Assert.ThrowsAsync<InvalidDataException>(() => grain.FailsAtOnce("now"));
            Assert.Equal("now", atOnce.Message);
            Assert.Contains(nameof(CallGrain.FailsAtOnce), atOnce.StackTrace, StringComparison.Ordinal);
            var later = await Assert.ThrowsAsync<InvalidDataException>(() => grain.FailsLater("later"));
            Assert.Contains(nameof(CallGrain.FailsLater), later.StackTrace, StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(grain.Cancelled);
        }
    }

    [Fact]
    public async Task One_way_calls_return_before_they_end_and_keep_their_failures()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var grain = runtime.Grain<ICallGrain>();

        grain.Post("one");
        await grain.PostAndFail("two");
        await runtime.Probe.Arrival("post");
        Assert.Equal(["one", "two"], runtime.Probe.Log);
        runtime.Probe.Open("post");
        await grain.Nothing();
    }

    [Fact]
    public async Task References_are_equal_by_identity()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var one = (GrainReference)runtime.Grain<ICallGrain>("x");
        var two = (GrainReference)runtime.Grain<ICallGrain>("x");

        Assert.True(one == two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, (GrainReference)runtime.Grain<ICallGrain>("y"));
        Assert.Equal(GrainId.Create("call", "x"), one.GrainId);
        Assert.Equal("call/x", one.GrainId.ToString());
        Assert.Equal(one, (GrainReference)runtime.Host.Grains.GetGrain<ICallGrain>(GrainId.Parse("call/x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_blank_key_is_refused(string key)
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        Assert.Throws<ArgumentException>(() => runtime.Grain<ICallGrain>(key));
    }
}
