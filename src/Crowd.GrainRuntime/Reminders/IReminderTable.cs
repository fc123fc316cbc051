namespace Crowd.GrainRuntime;

/// <summary>A stored reminder.</summary>
public sealed class ReminderEntry
{
    public GrainId GrainId { get; set; }

    public string ReminderName { get; set; } = "";

    /// <summary>When the first tick is due, UTC.</summary>
    public DateTime StartAt { get; set; }

    /// <summary>Time from one tick to the next.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>The store's version of the row; empty before the first write.</summary>
    public string ETag { get; set; } = "";

    public override string ToString() => $"{GrainId} {ReminderName}: from {StartAt:O} every {Period}";
}

/// <summary>Rows read from a <see cref="IReminderTable"/>.</summary>
public sealed class ReminderTableData(IEnumerable<ReminderEntry> list)
{
    public ReminderTableData()
        : this([])
    {
    }

    public ReminderTableData(ReminderEntry entry)
        : this([entry])
    {
    }

    public IList<ReminderEntry> Reminders { get; } = [.. list];
}

/// <summary>
/// Where reminders are kept. The host supplies it; without one they live in memory only. Many grains call it at once. The entries it
/// returns belong to the caller.
/// </summary>
public interface IReminderTable
{
    /// <summary>Makes the table ready. Called once before anything else.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>All reminders of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId, CancellationToken cancellationToken);

    /// <summary>
    /// All reminders of the grains whose <see cref="GrainId.GetUniformHashCode"/> lies above <paramref name="begin"/> and up to
    /// <paramref name="end"/>; when begin is not below end, the range goes round, so that (0, 0) is everything.
    /// </summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken);

    /// <summary>One reminder, or null.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName, CancellationToken cancellationToken);

    /// <summary>Stores the reminder, whatever is stored under its grain and name.</summary>
    /// <returns>The row's new version, different from all its earlier ones.</returns>
    Task<string> UpsertRow(ReminderEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes the reminder if its version is the one given.</summary>
    /// <returns>Whether it was removed: false when there is none or its version is another.</returns>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag, CancellationToken cancellationToken);
}
