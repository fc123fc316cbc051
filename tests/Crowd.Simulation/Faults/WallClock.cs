using Microsoft.Extensions.Time.Testing;

namespace Crowd.Simulation;

/// <summary>A clock whose time of day can be set forward and back while its timers go on evenly, as a server's can.</summary>
internal sealed class WallClock : TimeProvider
{
    private TimeSpan _off;

    public FakeTimeProvider Steady { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public override long TimestampFrequency => Steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Steady.GetUtcNow() + _off;

    public override long GetTimestamp() => Steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Steady.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the time of day, as an operator or a time server would.</summary>
    public void Jump(TimeSpan by) => _off += by;
}
