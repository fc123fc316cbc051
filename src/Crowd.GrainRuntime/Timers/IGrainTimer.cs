namespace Crowd.GrainRuntime;

/// <summary>A timer of one activation; gone with it. Dispose to stop: a callback under way sees its token cancelled.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets the timer anew.</summary>
    /// <param name="dueTime">Time to the next tick: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    /// <param name="period">Time from the end of one tick to the next: positive, or <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer ticks.</summary>
public readonly struct GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : IEquatable<GrainTimerCreationOptions>
{
    /// <summary>One tick at once.</summary>
    public GrainTimerCreationOptions()
        : this(TimeSpan.Zero, Timeout.InfiniteTimeSpan)
    {
    }

    /// <summary>Time to the first tick: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public TimeSpan DueTime { get; init; } = dueTime;

    /// <summary>Time from the end of one tick to the next: positive, or <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</summary>
    public TimeSpan Period { get; init; } = period;

    /// <summary>Whether a tick may begin while calls wait in an <c>await</c>. Default: no, a tick waits its turn like a call.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use, so that the grain is not collected as idle. Default: no.</summary>
    public bool KeepAlive { get; init; }

    public static bool operator ==(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => left.Equals(right);

    public static bool operator !=(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => !left.Equals(right);

    public bool Equals(GrainTimerCreationOptions other) =>
        DueTime == other.DueTime && Period == other.Period && Interleave == other.Interleave && KeepAlive == other.KeepAlive;

    public override bool Equals(object? obj) => obj is GrainTimerCreationOptions other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(DueTime, Period, Interleave, KeepAlive);
}
