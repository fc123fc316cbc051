namespace Crowd.GrainRuntime;

/// <summary>
/// Calls of the grain may begin while others wait in an <c>await</c>. They still never run at the same time: every piece between two
/// awaits is undisturbed.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>Calls of the interface method may begin while other calls of the grain wait in an <c>await</c>, and others while they wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>Calls of the interface method may begin while only calls so marked are under way. Marks no change of state.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>The caller does not wait: its task is complete as soon as the call is queued, and what the grain throws is only logged.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>
/// The grain has no state of its own, so several activations of one key may work at once: as many as there are calls, up to the limit.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    /// <summary>At most so many activations per key.</summary>
    /// <param name="maxLocalWorkers">Most activations per key, at least 1.</param>
    public StatelessWorkerAttribute(int maxLocalWorkers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLocalWorkers, 1);
        MaxLocalWorkers = maxLocalWorkers;
    }

    /// <summary>As many activations per key as the process has processors.</summary>
    public StatelessWorkerAttribute()
        : this(Environment.ProcessorCount)
    {
    }

    internal int MaxLocalWorkers { get; }
}
