namespace Crowd.GrainRuntime.Tests;

internal interface ITurns
{
    /// <summary>Notes its beginning and end and waits at the gate of its name between them.</summary>
    Task Visit(string name);

    [AlwaysInterleave]
    Task VisitAnytime(string name);

    [ReadOnly]
    Task Read(string name);

    /// <summary>Yields so many times and fails when anybody else runs in the meantime at the same moment.</summary>
    Task<int> Step(int yields);

    Task<int> Count();

    /// <summary>Calls the other grain, which calls back.</summary>
    Task Circle(string other);

    Task<int> Sum(int calls, string other);

    Task<bool> CallIsQueued(string other);
}

internal interface ITurnGrain : ITurns, IGrainWithStringKey;

internal interface IReentrantTurnGrain : ITurns, IGrainWithStringKey;

internal abstract class TurnGrainBase(Probe probe) : Grain
{
    private int _inside;
    private int _count;

    public async Task Visit(string name)
    {
        probe.Note($"+{name}");
        await probe.At(name);
        probe.Note($"-{name}");
    }

    public Task VisitAnytime(string name) => Visit(name);

    public Task Read(string name) => Visit(name);

    public async Task<int> Step(int yields)
    {
        for (var i = 0; i < yields; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1) throw new InvalidOperationException("Two turns at once.");
            if (TaskScheduler.Current == TaskScheduler.Default) throw new InvalidOperationException("Not on the grain's scheduler.");
            _count++;
            Thread.SpinWait(20);
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return _count;
    }

    public Task<int> Count() => Task.FromResult(_count);

    public Task Circle(string other) => GrainFactory.GetGrain<ITurnGrain>(other).Circle(this.GetPrimaryKeyString());

    public async Task<int> Sum(int calls, string other)
    {
        var grain = GrainFactory.GetGrain<ITurnGrain>(other);
        var counts = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => grain.Step(1)));
        return counts.Max();
    }

    public async Task<bool> CallIsQueued(string other)
    {
        var grain = GrainFactory.GetGrain<ITurnGrain>(other);
        var call = grain.Count();
        var queued = !call.IsCompleted;
        await call;
        return queued;
    }
}

internal sealed class TurnGrain(Probe probe) : TurnGrainBase(probe), ITurnGrain;

[Reentrant]
internal sealed class ReentrantTurnGrain(Probe probe) : TurnGrainBase(probe), IReentrantTurnGrain;
