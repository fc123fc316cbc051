namespace Crowd.GrainRuntime;

internal sealed partial class ReminderClock
{
    private static readonly GrainMethod<(string Name, TickStatus Status)> ReceiveReminder =
        new(static (grain, tick) => ((IRemindable)grain).ReceiveReminder(tick.Name, tick.Status)) { Name = nameof(IRemindable.ReceiveReminder) };

    /// <summary>Sends what is due.</summary>
    private void Ring()
    {
        List<Pending> due = [];
        var now = Now;
        lock (_gate)
        {
            if (_stopped) return;
            while (_line.TryPeek(out var next, out var at) && at <= now)
            {
                _line.Dequeue();
                if (_pending.GetValueOrDefault((next.Entry.GrainId, next.Entry.ReminderName)) != next) continue;
                _line.Enqueue(next, NextTick(next.Entry, now.AddTicks(1)));
                if (next.IsTicking) continue;
                next.IsTicking = true;
                due.Add(next);
            }

            Sleep();
        }

        foreach (var pending in due) Send(pending, now);
    }

    private void Send(Pending pending, DateTime now)
    {
        var entry = pending.Entry;
        if (host.Manifest.Of(entry.GrainId.Type) is not { } grainClass || !typeof(IRemindable).IsAssignableFrom(grainClass.Type))
        {
            // It stays in the table: the class may come back with another version of the program.
            host.LogReminderUnknown(entry.GrainId, entry.ReminderName);
            return;
        }

        var status = new TickStatus(entry.StartAt, entry.Period, now);
        var call = new Call<(string, TickStatus), Nothing>(ReceiveReminder, (entry.ReminderName, status), host);
        call.Wait();
        host.Deliver(call, grainClass, entry.GrainId.Key.ToString());
        _ = call.Result.ContinueWith(
            ended => Ended(pending, ended.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Ended(Pending pending, Exception? exception)
    {
        lock (_gate) pending.IsTicking = false;
        if (exception is not null) host.LogReminderFailed(pending.Entry.GrainId, pending.Entry.ReminderName, exception);
    }
}
