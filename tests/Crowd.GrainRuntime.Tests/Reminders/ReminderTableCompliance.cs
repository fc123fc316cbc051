namespace Crowd.GrainRuntime.Tests;

/// <summary>
/// What every <see cref="IReminderTable"/> must do. Inherit it per implementation; this file needs nothing else of its project.
/// </summary>
public abstract class ReminderTableCompliance
{
    private static readonly GrainId One = GrainId.Create("job", "one");
    private static readonly GrainId Two = GrainId.Create("job", "two/with/slashes");
    private static readonly DateTime Start = new(2026, 3, 4, 5, 6, 7, 891, DateTimeKind.Utc);

    [Fact]
    public async Task A_stored_reminder_is_read_back_as_it_was()
    {
        var table = await StartedAsync();
        var tag = await table.UpsertRow(Entry(Two, "daily"), CancellationToken.None);

        var row = await table.ReadRow(Two, "daily", CancellationToken.None);

        Assert.NotNull(row);
        Assert.Equal((Two, "daily", Start, TimeSpan.FromDays(1), tag), (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
        Assert.NotEmpty(tag);
    }

    [Fact]
    public async Task What_is_not_stored_is_null_or_nothing()
    {
        var table = await StartedAsync();
        await table.UpsertRow(Entry(One, "daily"), CancellationToken.None);

        Assert.Null(await table.ReadRow(One, "weekly", CancellationToken.None));
        Assert.Null(await table.ReadRow(Two, "daily", CancellationToken.None));
        Assert.Empty((await table.ReadRows(Two, CancellationToken.None)).Reminders);
    }

    [Fact]
    public async Task Storing_again_replaces_and_gives_a_new_version()
    {
        var table = await StartedAsync();
        var first = await table.UpsertRow(Entry(One, "daily"), CancellationToken.None);
        var changed = Entry(One, "daily");
        changed.Period = TimeSpan.FromHours(3);
        var second = await table.UpsertRow(changed, CancellationToken.None);

        Assert.NotEqual(first, second);
        var row = Assert.Single((await table.ReadRows(One, CancellationToken.None)).Reminders);
        Assert.Equal((TimeSpan.FromHours(3), second), (row.Period, row.ETag));
    }

    [Fact]
    public async Task Only_the_version_that_is_named_is_removed()
    {
        var table = await StartedAsync();
        var first = await table.UpsertRow(Entry(One, "daily"), CancellationToken.None);
        var second = await table.UpsertRow(Entry(One, "daily"), CancellationToken.None);

        Assert.False(await table.RemoveRow(One, "daily", first, CancellationToken.None));
        Assert.False(await table.RemoveRow(Two, "daily", second, CancellationToken.None));
        Assert.True(await table.RemoveRow(One, "daily", second, CancellationToken.None));
        Assert.False(await table.RemoveRow(One, "daily", second, CancellationToken.None));
        Assert.Null(await table.ReadRow(One, "daily", CancellationToken.None));
    }

    [Fact]
    public async Task A_removed_reminder_that_is_stored_again_has_a_version_of_its_own()
    {
        var table = await StartedAsync();
        var first = await table.UpsertRow(Entry(One, "daily"), CancellationToken.None);
        await table.RemoveRow(One, "daily", first, CancellationToken.None);

        Assert.NotEqual(first, await table.UpsertRow(Entry(One, "daily"), CancellationToken.None));
    }

    [Fact]
    public async Task Ranges_divide_all_reminders_by_the_hash_of_their_grain()
    {
        const int grains = 40;
        var table = await StartedAsync();
        var ids = Enumerable.Range(0, grains).Select(number => GrainId.Create("job", $"{number}")).ToList();
        foreach (var id in ids) await table.UpsertRow(Entry(id, "daily"), CancellationToken.None);
        var middle = ids.Select(id => id.GetUniformHashCode()).Order().ElementAt(grains / 2);

        Assert.Equal(grains, (await table.ReadRows(0, 0, CancellationToken.None)).Reminders.Count);
        var upper = (await table.ReadRows(middle, uint.MaxValue, CancellationToken.None)).Reminders;
        var roundTheEnd = (await table.ReadRows(uint.MaxValue, middle, CancellationToken.None)).Reminders;
        Assert.All(upper, row => Assert.True(row.GrainId.GetUniformHashCode() > middle));
        Assert.All(roundTheEnd, row => Assert.True(row.GrainId.GetUniformHashCode() <= middle));
        Assert.Equal(grains, upper.Count + roundTheEnd.Count);
    }

    [Fact]
    public async Task Entries_belong_to_the_caller()
    {
        var table = await StartedAsync();
        var entry = Entry(One, "daily");
        await table.UpsertRow(entry, CancellationToken.None);
        entry.Period = TimeSpan.FromHours(1);
        (await table.ReadRow(One, "daily", CancellationToken.None))!.Period = TimeSpan.FromHours(2);

        Assert.Equal(TimeSpan.FromDays(1), (await table.ReadRow(One, "daily", CancellationToken.None))!.Period);
    }

    /// <summary>An empty table, not started.</summary>
    protected abstract Task<IReminderTable> MakeAsync();

    private static ReminderEntry Entry(GrainId id, string name) => new() { GrainId = id, ReminderName = name, StartAt = Start, Period = TimeSpan.FromDays(1) };

    private async Task<IReminderTable> StartedAsync()
    {
        var table = await MakeAsync();
        await table.StartAsync(CancellationToken.None);
        return table;
    }
}
