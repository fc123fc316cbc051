namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    public static TheoryData<string, Append> RefusedAppends => new()
    {
        { "too many events", NewAppend("a", 0, JournalLimits.EventsPerAppend + 1) },
        { "event too large", NewAppend("a", 0) with { Events = [new("t", new byte[JournalLimits.EventBytes + 1])] } },
        { "stream name too long", NewAppend(new string('s', JournalLimits.StreamNameLength + 1), 0) },
        { "no stream", NewAppend("", 0) },
        { "stream with a null character", NewAppend("a\0b", 0) },
        { "negative version", NewAppend("a", -1) },
        { "no type", NewAppend("a", 0) with { Events = [new("", "{}"u8.ToArray())] } },
        { "data is not UTF-8", NewAppend("a", 0) with { Events = [new("t", new byte[] { 0xff, 0xfe })] } },
        { "half a surrogate pair", Rows(TestTables.Count("\ud800")) },
        { "null character in text", Rows(TestTables.Count("x", TestTables.Note.Set("a\0b"))) },
        { "null in the key", Rows(RowChange.Put(TestTables.Counts, [default])) },
        { "wrong kind in the key", Rows(RowChange.Put(TestTables.Counts, [1L])) },
        { "key too short for a delete", Rows(RowChange.Delete(TestTables.Pairs, "l")) },
        { "wrong kind in a column", Rows(TestTables.Count("x", TestTables.Plain.Set("one"))) },
        { "not a number", Rows(TestTables.Count("x", TestTables.Share.Set(double.NaN))) },
        { "null where there is a default", Rows(TestTables.Count("x", TestTables.Zero.Set(default))) },
        { "adding to text", Rows(TestTables.Count("x", TestTables.Note.Add(1))) },
        { "a column twice", Rows(TestTables.Count("x", TestTables.Plain.Set(1L), TestTables.Plain.Set(2L))) },
        { "a column that is not there", Rows(TestTables.Count("x", 64.Set(1L))) },
        { "an unknown table", Rows(RowChange.Put(TestTables.Keys with { Name = "unknown" }, [Array.Empty<byte>()])) },
    };

    [SkippableTheory]
    [MemberData(nameof(RefusedAppends), DisableDiscoveryEnumeration = true)]
    public async Task Appends_that_break_a_limit_are_refused(string why, Append append)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.AppendAsync(append, None));
        Assert.True(await Journal.LastPositionAsync(None) == 0, why);
    }

    [SkippableFact]
    public async Task The_largest_append_is_taken()
    {
        await AppendAsync(new string('s', JournalLimits.StreamNameLength), 0, JournalLimits.EventsPerAppend);
        var large = new byte[JournalLimits.EventBytes];
        large.AsSpan().Fill((byte)' ');
        await Journal.AppendAsync(NewAppend("large", 0) with { Events = [new("t", large)] }, None);
        Assert.Equal(JournalLimits.EventBytes, (await ReadStreamAsync("large"))[0].Data.Length);
    }

    [SkippableFact]
    public async Task A_sum_that_leaves_64_bits_fails_its_own_append_only()
    {
        await WriteAsync(TestTables.Count("full", TestTables.Plain.Set(long.MaxValue)));
        var appends = Enumerable.Range(0, 9).Select(i => i == 4
            ? AppendAsync("guilty", 0, 1, TestTables.Count("full", TestTables.Plain.Add(1)))
            : AppendAsync($"s{i}", 0, 1, TestTables.Count("others", TestTables.Plain.Add(1)))).ToList();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => appends[4]);
        appends.RemoveAt(4);
        Assert.All(await Task.WhenAll(appends), r => Assert.IsType<AppendResult.Committed>(r));
        Assert.Equal(8, (await Journal.ReadRowAsync(TestTables.Counts, ["others"], None))!.Columns[TestTables.Plain].Integer);
        Assert.Equal(long.MaxValue, (await Journal.ReadRowAsync(TestTables.Counts, ["full"], None))!.Columns[TestTables.Plain].Integer);
        Assert.Equal(8, await Journal.LastPositionAsync(None));
    }

    [SkippableFact]
    public async Task Sums_within_one_append_that_leave_64_bits_are_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => AppendAsync(
            "a", 0, 1, TestTables.Count("x", TestTables.Plain.Add(long.MaxValue)), TestTables.Count("x", TestTables.Plain.Add(1))));
        Assert.Equal(new AppendResult.Committed(1, 1), await AppendAsync("a", 0));
    }

    [SkippableFact]
    public async Task A_closed_journal_is_unavailable()
    {
        await Journal.DisposeAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync("a", 0));
    }

    [SkippableFact]
    public async Task A_cancelled_token_withdraws_the_append()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.AppendAsync(NewAppend("a", 0), new CancellationToken(canceled: true)));
        Assert.Equal(new AppendResult.Committed(1, 1), await AppendAsync("a", 0));
    }
}
