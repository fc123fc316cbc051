namespace Crowd.GrainRuntime;

/// <summary>A grain that keeps reminders: timers that are stored, survive restarts and bring the grain to life when they are due.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due. Called at least once per due time while the process runs; times missed while it did not run are skipped.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}

/// <summary>A reminder of a grain.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>Where a reminder stands when it ticks. Times are UTC.</summary>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) : IEquatable<TickStatus>
{
    /// <summary>When the first tick was due.</summary>
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>Time from one tick to the next.</summary>
    public TimeSpan Period { get; } = period;

    /// <summary>When this tick was sent.</summary>
    public DateTime CurrentTickTime { get; } = timeStamp;

    public static bool operator ==(TickStatus left, TickStatus right) => left.Equals(right);

    public static bool operator !=(TickStatus left, TickStatus right) => !left.Equals(right);

    public bool Equals(TickStatus other) =>
        FirstTickTime == other.FirstTickTime && Period == other.Period && CurrentTickTime == other.CurrentTickTime;

    public override bool Equals(object? obj) => obj is TickStatus other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(FirstTickTime, Period, CurrentTickTime);

    public override string ToString() => $"first {FirstTickTime:O}, every {Period}, now {CurrentTickTime:O}";
}
