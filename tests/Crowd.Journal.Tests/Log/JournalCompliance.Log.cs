using System.Text;

namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableFact]
    public async Task A_new_log_is_empty()
    {
        Assert.Equal(0, await Journal.LastPositionAsync(None));
        Assert.Empty(await Journal.ReadLogAsync(0, 10, None));
        Assert.Empty(await ReadStreamAsync("a"));
        Assert.Null(await Journal.ReadSnapshotAsync("a", None));
        Assert.Equal(0, await Journal.ReadCheckpointAsync("f", None));
        Assert.False(Journal.RebuildNeeded);
    }

    [SkippableFact]
    public async Task Appended_events_are_read_as_they_were_given()
    {
        var data = Encoding.UTF8.GetBytes("""{"text":"żółw 🐢 \u0000 'quoted' \"twice\""}""");
        var append = NewAppend("a", 0) with { Events = [new("first", data), new("second", "{}"u8.ToArray()), new("third", Array.Empty<byte>())] };

        Assert.Equal(new AppendResult.Committed(3, 3), await Journal.AppendAsync(append, None));

        var events = await ReadStreamAsync("a");
        Assert.Equal([1L, 2, 3], events.Select(e => e.Position));
        Assert.Equal([1L, 2, 3], events.Select(e => e.Version));
        Assert.Equal(["first", "second", "third"], events.Select(e => e.Type));
        Assert.Equal(data, events[0].Data.ToArray());
        Assert.True(events[2].Data.IsEmpty);
        Assert.All(events, e => Assert.Equal(("a", Now, "tester"), (e.Stream, e.At, e.Actor)));
        Assert.Equal(3, await Journal.LastPositionAsync(None));
    }

    [SkippableFact]
    public async Task Streams_are_read_after_a_version_and_the_log_after_a_position()
    {
        await AppendAsync("a", 0, 3);
        await AppendAsync("b", 0, 2);
        await AppendAsync("a", 3, 2);

        Assert.Equal([4L, 5], (await ReadStreamAsync("a", after: 3)).Select(e => e.Version));
        Assert.Equal([6L, 7], (await ReadStreamAsync("a", after: 3)).Select(e => e.Position));
        Assert.Equal([2L, 3, 4], (await Journal.ReadLogAsync(1, 3, None)).Select(e => e.Position));
        Assert.Equal(["a", "a", "a", "b", "b", "a", "a"], (await Journal.ReadLogAsync(0, 100, None)).Select(e => e.Stream));
        Assert.Empty(await Journal.ReadLogAsync(7, 100, None));
        Assert.Empty(await ReadStreamAsync("a", after: 5));
    }

    [SkippableFact]
    public async Task A_long_stream_is_read_whole()
    {
        await AppendAsync("a", 0, 4_500);
        var events = await ReadStreamAsync("a", after: 100);
        Assert.Equal(Enumerable.Range(101, 4_400).Select(i => (long)i), events.Select(e => e.Version));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task A_wrong_version_is_a_conflict_and_writes_nothing(long expected)
    {
        await AppendAsync("a", 0, 2);

        Assert.Equal(new AppendResult.Conflict(2), await AppendAsync("a", expected, 1, TestTables.Count("x", TestTables.Plain.Set(1L))));

        Assert.Equal(2, await Journal.LastPositionAsync(None));
        Assert.Null(await Journal.ReadRowAsync(TestTables.Counts, ["x"], None));
        Assert.Equal(new AppendResult.Committed(3, 3), await AppendAsync("a", 2));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_wrong_version_is_a_conflict_after_a_restart_too(long expected)
    {
        await AppendAsync("a", 0, 2);
        await ReopenAsync();
        if (await Journal.LastPositionAsync(None) == 0)
            return; // A volatile journal forgets.

        Assert.Equal(new AppendResult.Conflict(2), await AppendAsync("a", expected));
        Assert.Equal(new AppendResult.Committed(3, 3), await AppendAsync("a", 2));
    }

    [SkippableFact]
    public async Task A_new_stream_starts_at_version_0_only()
    {
        Assert.Equal(new AppendResult.Conflict(0), await AppendAsync("new", 1));
        Assert.Equal(new AppendResult.Committed(1, 1), await AppendAsync("new", 0));
    }

    [SkippableFact]
    public async Task Appends_to_one_stream_without_waiting_succeed_in_order()
    {
        var appends = Enumerable.Range(0, 50).Select(i => AppendAsync("a", i)).ToList();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => new AppendResult.Committed(i, i)), await Task.WhenAll(appends));
    }

    [SkippableFact]
    public async Task Of_appends_with_the_same_expected_version_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => AppendAsync("a", 0, 2))));
        Assert.Single(results.OfType<AppendResult.Committed>());
        Assert.All(results.OfType<AppendResult.Conflict>(), c => Assert.Equal(2, c.ActualVersion));
        Assert.Equal(2, await Journal.LastPositionAsync(None));
    }

    [SkippableFact]
    public async Task A_conflict_fails_its_own_append_only()
    {
        await AppendAsync("a", 0);
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? AppendAsync("a", 7) : AppendAsync($"s{i}", 0)));
        Assert.Equal(20, results.Count(r => r is AppendResult.Conflict(1)));
        Assert.Equal(41, await Journal.LastPositionAsync(None));
    }

    [SkippableFact]
    public async Task Many_writers_leave_no_gap_and_lose_nothing()
    {
        const int Writers = 32, Each = 25;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var result = await AppendAsync($"w{w}", i, 1, TestTables.Count("all", TestTables.Zero.Add(1)), TestTables.Count($"w{w}", TestTables.Ten.Add(1)));
                Assert.Equal(i + 1, Assert.IsType<AppendResult.Committed>(result).LastVersion);
            }
        })));

        var log = await Journal.ReadLogAsync(0, 10_000, None);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(i => (long)i), log.Select(e => e.Position));
        Assert.All(log.GroupBy(e => e.Stream), s => Assert.Equal(Enumerable.Range(1, Each).Select(i => (long)i), s.Select(e => e.Version)));
        Assert.Equal(Writers * Each, (await Journal.ReadRowAsync(TestTables.Counts, ["all"], None))!.Columns[TestTables.Zero].Integer);
        Assert.Equal(10 + Each, (await Journal.ReadRowAsync(TestTables.Counts, ["w7"], None))!.Columns[TestTables.Ten].Integer);
    }

    [SkippableFact]
    public async Task An_append_without_events_writes_rows_whatever_the_version()
    {
        await AppendAsync("a", 0, 3);
        var append = NewAppend("a", 77, 0, TestTables.Count("x", TestTables.Plain.Set(1L)));
        Assert.Equal(new AppendResult.Committed(0, 0), await Journal.AppendAsync(append, None));
        Assert.NotNull(await Journal.ReadRowAsync(TestTables.Counts, ["x"], None));
        Assert.Equal(3, await Journal.LastPositionAsync(None));
    }

    [SkippableFact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await AppendAsync("a", 0, 2, TestTables.Count("x", TestTables.Note.Set("kept")));
        await Journal.WriteSnapshotAsync(new Snapshot("a", 2, new byte[] { 0, 255 }), None);
        await Journal.WriteCheckpointAsync("f", 2, None);
        await ReopenAsync();
        if (await Journal.LastPositionAsync(None) == 0)
            return; // A volatile journal forgets.

        Assert.Equal(2, (await ReadStreamAsync("a")).Count);
        Assert.Equal("kept", (await Journal.ReadRowAsync(TestTables.Counts, ["x"], None))!.Columns[TestTables.Note].Text);
        Assert.Equal([0, 255], (await Journal.ReadSnapshotAsync("a", None))!.Data.ToArray());
        Assert.Equal(2, await Journal.ReadCheckpointAsync("f", None));
        Assert.False(Journal.RebuildNeeded);
    }

    [SkippableFact]
    public async Task The_newest_snapshot_is_kept()
    {
        await Journal.WriteSnapshotAsync(new Snapshot("a", 5, new byte[] { 5 }), None);
        await Journal.WriteSnapshotAsync(new Snapshot("a", 3, new byte[] { 3 }), None);
        Assert.Equal(5, (await Journal.ReadSnapshotAsync("a", None))!.Version);
        await Journal.WriteSnapshotAsync(new Snapshot("a", 9, Array.Empty<byte>()), None);
        Assert.Equal((9L, 0), ((await Journal.ReadSnapshotAsync("a", None))!.Version, (await Journal.ReadSnapshotAsync("a", None))!.Data.Length));
    }

    [SkippableFact]
    public async Task A_checkpoint_never_goes_back()
    {
        await Journal.WriteCheckpointAsync("f", 5, None);
        await Journal.WriteCheckpointAsync("f", 4, None);
        await Journal.WriteCheckpointAsync("g", 1, None);
        Assert.Equal(5, await Journal.ReadCheckpointAsync("f", None));
        Assert.Equal(1, await Journal.ReadCheckpointAsync("g", None));
    }
}
