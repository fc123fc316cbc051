namespace Crowd.GrainRuntime.Tests;

internal interface IWorkingGrain : IGrainWithStringKey
{
    Task<int> WorkAt(string gate);
}

[StatelessWorker(MaxWorkers)]
internal sealed class WorkingGrain(Probe probe) : Grain, IWorkingGrain
{
    public const int MaxWorkers = 3;

    private static int _last;

    private readonly int _instance = Interlocked.Increment(ref _last);

    public async Task<int> WorkAt(string gate)
    {
        probe.Note($"{_instance}");
        await probe.At(gate);
        return _instance;
    }
}

public class StatelessWorkerTests
{
    [Fact]
    public async Task Calls_spread_over_as_many_activations_as_the_limit_allows()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<IWorkingGrain>();

        var calls = Enumerable.Range(0, 5).Select(_ => runtime.Begin(() => grain.WorkAt("gate"))).ToList();
        Assert.Equal(WorkingGrain.MaxWorkers, runtime.Probe.Log.Count);
        runtime.Open("gate");

        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(WorkingGrain.MaxWorkers, calls.Select(call => call.Result).Distinct().Count());
    }

    [Fact]
    public async Task Calls_one_after_another_need_one_activation()
    {
        await using var runtime = TestRuntime.Simulated();
        runtime.Probe.Open("gate");
        var grain = runtime.Grain<IWorkingGrain>();

        var instances = Enumerable.Range(0, 5).Select(_ => runtime.Finish(() => grain.WorkAt("gate"))).ToList();

        Assert.Single(instances.Distinct());
    }

    [Fact]
    public async Task Idle_workers_are_collected_and_come_back()
    {
        await using var runtime = TestRuntime.Simulated();
        var grain = runtime.Grain<IWorkingGrain>();
        runtime.Probe.Open("gate");
        var before = runtime.Finish(() => grain.WorkAt("gate"));

        runtime.Advance(TimeSpan.FromMinutes(20), 20);

        Assert.NotEqual(before, runtime.Finish(() => grain.WorkAt("gate")));
    }
}
