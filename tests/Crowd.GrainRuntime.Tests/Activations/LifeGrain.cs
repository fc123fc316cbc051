using System.Collections.Concurrent;

namespace Crowd.GrainRuntime.Tests;

/// <summary>What the tests decide about the lives of grains.</summary>
internal sealed class LifePlan
{
    public Func<string, Task> OnActivate { get; set; } = static _ => Task.CompletedTask;

    public Func<string, Task> OnDeactivate { get; set; } = static _ => Task.CompletedTask;

    public Func<bool> FailConstructor { get; set; } = static () => false;

    public bool EndAtOnce { get; set; }

    /// <summary>How many instances of a key live now; none may ever see two.</summary>
    public ConcurrentDictionary<string, int> Living { get; } = new();
}

internal interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>A number that differs between activations.</summary>
    Task<int> Instance();

    Task<int> VisitAt(string gate);

    [AlwaysInterleave]
    Task<int> Anytime();

    Task End();

    Task EndThenVisit(string gate);

    Task Stay(TimeSpan time);

    Task Inconsistent();

    Task<string> Scoped();

    Task Touch();

    Task CallWhileEnding(string other);

    Task InconsistentOf(string other);
}

internal sealed class ScopedThing : IDisposable
{
    public string Id { get; } = $"{Interlocked.Increment(ref _last)}";

    public bool IsDisposed { get; private set; }

    public static ScopedThing? Newest { get; private set; }

    private static int _last;

    public ScopedThing() => Newest = this;

    public void Dispose() => IsDisposed = true;
}

internal sealed class LifeGrain : Grain, ILifeGrain
{
    private static int _lastInstance;

    private readonly Probe _probe;
    private readonly LifePlan _plan;
    private readonly int _instance = Interlocked.Increment(ref _lastInstance);
    private bool _active;
    private string? _callWhileEnding;

    public LifeGrain(Probe probe, LifePlan plan)
    {
        _probe = probe;
        _plan = plan;
        if (plan.FailConstructor()) throw new InvalidDataException("constructor");
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _probe.Note("activating");
        await _plan.OnActivate(this.GetPrimaryKeyString());
        _active = true;
        if (_plan.Living.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, count) => count + 1) != 1) _probe.Note("two at once");
        _probe.Note("activated");
        if (_plan.EndAtOnce) DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _probe.Note($"deactivating: {reason.ReasonCode}");
        if (_callWhileEnding is { } other) await GrainFactory.GetGrain<ILifeGrain>(other).Touch();
        await _plan.OnDeactivate(this.GetPrimaryKeyString());
        _plan.Living.AddOrUpdate(this.GetPrimaryKeyString(), 0, static (_, count) => count - 1);
        _active = false;
        _probe.Note("deactivated");
    }

    public Task<int> Instance() => _active ? Task.FromResult(_instance) : throw new InvalidOperationException("Not active.");

    public async Task<int> VisitAt(string gate)
    {
        await _probe.At(gate);
        return await Instance();
    }

    public Task<int> Anytime() => Instance();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task EndThenVisit(string gate)
    {
        DeactivateOnIdle();
        await _probe.At(gate);
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task Inconsistent()
    {
        await Task.Yield();
        throw new InconsistentStateException("another writer", "2", "1");
    }

    public Task InconsistentOf(string other) => GrainFactory.GetGrain<ILifeGrain>(other).Inconsistent();

    public Task<string> Scoped()
    {
        var thing = (ScopedThing)ServiceProvider.GetService(typeof(ScopedThing))!;
        return Task.FromResult(thing.Id);
    }

    public Task Touch()
    {
        _probe.Note("touched");
        return Task.CompletedTask;
    }

    public Task CallWhileEnding(string other)
    {
        _callWhileEnding = other;
        return Task.CompletedTask;
    }
}
