using System.ComponentModel.DataAnnotations;

namespace Crowd.Journal;

/// <summary>How a <see cref="LogFollower"/> follows.</summary>
public sealed record LogFollowerOptions
{
    /// <summary>Most events given to the handler at a time. Default 500.</summary>
    [Range(1, 100_000)]
    public int BatchEvents { get; init; } = 500;

    /// <summary>Most pushed events held in memory; when the handler is further behind they are dropped and read from the log. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int PushedEvents { get; init; } = 10_000;

    /// <summary>Handled events after which the checkpoint is stored. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointEvents { get; init; } = 1_000;

    /// <summary>Time after which the checkpoint is stored when it has moved. Default one second.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the log is looked at for events that other processes committed; null never, which is right where only this process writes. Default one second.</summary>
    public TimeSpan? PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait before a failed batch is tried again; it doubles with every failure. Default 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two tries. Default 30 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);
}
