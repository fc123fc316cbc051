using System.Collections.Concurrent;

namespace Crowd.GrainRuntime.Tests;

/// <summary>What grains and tests tell each other: a log, and gates that grains wait at.</summary>
internal sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _arrivals = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public void Note(string what) => Log.Enqueue(what);

    /// <summary>Says that somebody has come to the gate, and waits until the test opens it.</summary>
    public Task At(string gate)
    {
        Source(_arrivals, gate).TrySetResult();
        return Source(_gates, gate).Task;
    }

    public Task Arrival(string gate) => Source(_arrivals, gate).Task;

    public void Open(string gate) => Source(_gates, gate).TrySetResult();

    private static TaskCompletionSource Source(ConcurrentDictionary<string, TaskCompletionSource> sources, string name) =>
        sources.GetOrAdd(name, static _ => new TaskCompletionSource());
}
