namespace Crowd.GrainRuntime;

/// <summary>What a grain does with its reminders. The grain must implement <see cref="IRemindable"/>.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder, in place of one of the same name. It is stored when the task completes.</summary>
    /// <param name="grain">The grain that asks, and that will be reminded.</param>
    /// <param name="reminderName">Not blank; unique within the grain.</param>
    /// <param name="dueTime">Time to the first tick, zero or more.</param>
    /// <param name="period">Time between ticks, at least <see cref="GrainRuntimeOptions.MinimumReminderPeriod"/>.</param>
    /// <exception cref="ArgumentException">The name is blank or a time is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The grain does not implement <see cref="IRemindable"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterOrUpdateReminder(reminderName, dueTime, period, CancellationToken.None);

    /// <inheritdoc cref="RegisterOrUpdateReminder(IGrainBase, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken) =>
        Clock(grain).RegisterOrUpdateAsync((Activation)grain.GrainContext, reminderName, dueTime, period, cancellationToken);

    /// <summary>Removes the reminder. It is gone from the store when the task completes; a tick under way may still arrive.</summary>
    /// <exception cref="ReminderException">The reminder has changed or gone since it was fetched: get it again.</exception>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        grain.UnregisterReminder(reminder, CancellationToken.None);

    /// <inheritdoc cref="UnregisterReminder(IGrainBase, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder, CancellationToken cancellationToken) =>
        Clock(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder, cancellationToken);

    /// <summary>The reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        grain.GetReminder(reminderName, CancellationToken.None);

    /// <inheritdoc cref="GetReminder(IGrainBase, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName, CancellationToken cancellationToken) =>
        Clock(grain).GetAsync(grain.GrainContext.GrainId, reminderName, cancellationToken);

    /// <summary>All reminders of the grain, in no order.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => grain.GetReminders(CancellationToken.None);

    /// <inheritdoc cref="GetReminders(IGrainBase)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain, CancellationToken cancellationToken) =>
        Clock(grain).GetAllAsync(grain.GrainContext.GrainId, cancellationToken);

    private static ReminderClock Clock(IGrainBase grain) => ((Activation)grain.GrainContext).Host.Reminders;
}
