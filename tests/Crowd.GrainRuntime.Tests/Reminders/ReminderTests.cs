using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.GrainRuntime.Tests;

public class MemoryReminderTableTests : ReminderTableCompliance
{
    protected override Task<IReminderTable> MakeAsync() => Task.FromResult<IReminderTable>(new MemoryReminderTable());
}

internal interface IReminderGrain : IGrainWithStringKey
{
    Task Remind(string name, TimeSpan dueTime, TimeSpan period);

    Task<string> Names();

    Task<bool> Forget(string name);

    Task ForgetTwice(string name);
}

internal interface IForgetfulGrain : IGrainWithStringKey
{
    Task Remind();
}

internal sealed class ReminderGrain(Probe probe) : Grain, IReminderGrain, IRemindable
{
    public Task Remind(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task<string> Names() => string.Join(",", (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order());

    public async Task<bool> Forget(string name)
    {
        if (await this.GetReminder(name) is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task ForgetTwice(string name)
    {
        var reminder = await this.GetReminder(name);
        await this.UnregisterReminder(reminder!);
        await this.UnregisterReminder(reminder!);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        probe.Note($"{reminderName} {status.CurrentTickTime:HH:mm}");
        if (reminderName == "slow") await probe.At("slow");
        if (reminderName == "failing") throw new InvalidDataException("reminder");
    }
}

internal sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Remind() => this.RegisterOrUpdateReminder("name", TimeSpan.Zero, TimeSpan.FromHours(1));
}

public class ReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly MemoryReminderTable _table = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_reminder_ticks_when_due_and_wakes_a_grain_that_has_gone()
    {
        await using var runtime = Simulated();
        runtime.Finish(() => runtime.Grain<IReminderGrain>().Remind("r", Hour, 2 * Hour));

        runtime.Advance(0.9 * Hour, 54);
        Assert.Empty(runtime.Probe.Log);
        runtime.Advance(4.1 * Hour, 246);

        Assert.Equal(["r 01:00", "r 03:00", "r 05:00"], runtime.Probe.Log);
    }

    [Fact]
    public async Task Reminders_survive_a_restart_and_missed_ticks_are_skipped()
    {
        await using (var before = Simulated())
        {
            before.Finish(() => before.Grain<IReminderGrain>().Remind("r", Hour, 2 * Hour));
            before.Finish(() => before.Host.StopAsync(CancellationToken.None));
            before.Advance(4 * Hour, 4);
            Assert.Empty(before.Probe.Log);
        }

        await using var after = Simulated();
        Assert.Equal("r", after.Finish(() => after.Grain<IReminderGrain>().Names()));
        after.Advance(3 * Hour, 180);

        Assert.Equal(["r 05:00", "r 07:00"], after.Probe.Log);
    }

    [Fact]
    public async Task A_reminder_of_the_same_name_replaces_the_other()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<IReminderGrain>();
        runtime.Finish(() => grain.Remind("r", Hour, Hour));
        runtime.Finish(() => grain.Remind("r", 3 * Hour, Hour));

        runtime.Advance(4 * Hour, 240);

        Assert.Equal(["r 03:00", "r 04:00"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_removed_reminder_is_silent_and_cannot_be_removed_again()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<IReminderGrain>();
        runtime.Finish(() => grain.Remind("r", Hour, Hour));

        Assert.True(runtime.Finish(() => grain.Forget("r")));
        Assert.False(runtime.Finish(() => grain.Forget("r")));
        runtime.Advance(2 * Hour, 120);
        Assert.Empty(runtime.Probe.Log);
        runtime.Finish(() => grain.Remind("again", Hour, Hour));
        Assert.Throws<ReminderException>(() => runtime.Finish(() => grain.ForgetTwice("again")));
    }

    [Fact]
    public async Task A_tick_that_lasts_is_not_joined_by_the_next_and_a_failing_one_is_followed_by_it()
    {
        await using var runtime = Simulated(options => options.CallTimeout = TimeSpan.FromHours(23));
        runtime.Finish(() => runtime.Grain<IReminderGrain>("slow").Remind("slow", Hour, Hour));
        runtime.Advance(3 * Hour, 180);
        Assert.Equal(["slow 01:00"], runtime.Probe.Log);
        runtime.Open("slow");
        runtime.Advance(Hour, 60);
        Assert.Equal(["slow 01:00", "slow 04:00"], runtime.Probe.Log);

        runtime.Finish(() => runtime.Grain<IReminderGrain>("failing").Remind("failing", 30 * TimeSpan.FromMinutes(1), 12 * Hour));
        runtime.Advance(13 * Hour, 780);

        Assert.Equal(2, runtime.Probe.Log.Count(line => line.StartsWith("failing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_reminder_may_not_be_is_refused()
    {
        await using var runtime = Simulated();
        var grain = runtime.Grain<IReminderGrain>();

        Assert.Throws<ArgumentException>(() => runtime.Finish(() => grain.Remind(" ", Hour, Hour)));
        Assert.Throws<ArgumentOutOfRangeException>(() => runtime.Finish(() => grain.Remind("r", -Hour, Hour)));
        Assert.Throws<ArgumentOutOfRangeException>(() => runtime.Finish(() => grain.Remind("r", Hour, TimeSpan.FromSeconds(59))));
        Assert.Throws<InvalidOperationException>(() => runtime.Finish(() => runtime.Grain<IForgetfulGrain>().Remind()));
    }

    [Fact]
    public async Task A_reminder_of_an_unknown_kind_stays_stored()
    {
        await _table.UpsertRow(
            new ReminderEntry { GrainId = GrainId.Create("unheardof", "x"), ReminderName = "r", StartAt = _time.GetUtcNow().UtcDateTime, Period = Hour },
            CancellationToken.None);
        await using var runtime = Simulated();

        runtime.Advance(2 * Hour, 2);

        Assert.Single((await _table.ReadRows(0, 0, CancellationToken.None)).Reminders);
    }

    private TestRuntime Simulated(Action<GrainRuntimeOptions>? options = null) =>
        TestRuntime.Simulated(options, services => services.AddSingleton<IReminderTable>(_table), time: _time);
}
