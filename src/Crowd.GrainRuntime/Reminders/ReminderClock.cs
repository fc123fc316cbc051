namespace Crowd.GrainRuntime;

/// <summary>
/// Wakes grains when their stored reminders are due. The table is the truth and is read when the clock starts; from then on each change goes
/// to the table first and then into the line of what is due next.
/// </summary>
internal sealed partial class ReminderClock(GrainHost host, IReminderTable table)
{
    /// <summary>The clock looks at the time at least so often, in case the system's time is set.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId GrainId, string Name), Pending> _pending = [];
    private readonly PriorityQueue<Pending, DateTime> _line = new();
    private ITimer? _timer;
    private bool _stopped;

    private DateTime Now => host.Time.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        var stored = await table.ReadRows(0, 0, cancellationToken);
        lock (_gate)
        {
            _timer = host.CreateTimer(Ring);
            foreach (var entry in stored.Reminders) Await(entry);
            Sleep();
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    public async Task<IGrainReminder> RegisterOrUpdateAsync(
        Activation activation, string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, host.Options.MinimumReminderPeriod);
        if (!typeof(IRemindable).IsAssignableFrom(activation.Class.Type))
        {
            throw new InvalidOperationException($"{activation.Class.Type} keeps reminders but does not implement {nameof(IRemindable)}.");
        }

        var entry = new ReminderEntry { GrainId = activation.GrainId, ReminderName = name, StartAt = Now + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry, cancellationToken);
        lock (_gate)
        {
            Await(entry);
            Sleep();
        }

        return new Reminder(name, entry.ETag);
    }

    public async Task UnregisterAsync(GrainId grainId, IGrainReminder reminder, CancellationToken cancellationToken)
    {
        if (reminder is not Reminder known) throw new ArgumentException("Not a reminder of this runtime.", nameof(reminder));
        if (!await table.RemoveRow(grainId, known.ReminderName, known.ETag, cancellationToken))
        {
            throw new ReminderException($"Reminder {known.ReminderName} of {grainId} has changed or gone since it was fetched.");
        }

        lock (_gate) _pending.Remove((grainId, known.ReminderName));
    }

    public async Task<IGrainReminder?> GetAsync(GrainId grainId, string name, CancellationToken cancellationToken) =>
        await table.ReadRow(grainId, name, cancellationToken) is { } row ? new Reminder(name, row.ETag) : null;

    public async Task<List<IGrainReminder>> GetAllAsync(GrainId grainId, CancellationToken cancellationToken) =>
        [.. (await table.ReadRows(grainId, cancellationToken)).Reminders.Select(static row => new Reminder(row.ReminderName, row.ETag))];

    /// <summary>Puts the reminder into the line, in place of what was known under its name.</summary>
    private void Await(ReminderEntry entry)
    {
        var pending = new Pending(entry);
        _pending[(entry.GrainId, entry.ReminderName)] = pending;
        _line.Enqueue(pending, NextTick(entry, Now));
    }

    private void Sleep()
    {
        if (_stopped || _timer is null || !_line.TryPeek(out _, out var due)) return;
        var left = due - Now;
        if (left > LongestSleep) left = LongestSleep;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The first due time that is not before now: ticks that were missed are skipped.</summary>
    private static DateTime NextTick(ReminderEntry entry, DateTime now)
    {
        if (now <= entry.StartAt) return entry.StartAt;
        var missed = (now - entry.StartAt).Ticks / entry.Period.Ticks;
        var last = entry.StartAt.AddTicks(missed * entry.Period.Ticks);
        return last == now ? now : last + entry.Period;
    }

    /// <summary>A reminder in the line. One that has been replaced or removed is still in it, and passed over when it comes up.</summary>
    private sealed class Pending(ReminderEntry entry)
    {
        public ReminderEntry Entry { get; } = entry;

        /// <summary>A tick is on its way: the next waits for the due time after its end.</summary>
        public bool IsTicking { get; set; }
    }

    private sealed record Reminder(string ReminderName, string ETag) : IGrainReminder;
}
