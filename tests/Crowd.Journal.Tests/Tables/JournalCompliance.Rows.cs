using static Crowd.Journal.Tests.TestTables;

namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableFact]
    public async Task A_new_row_has_the_defaults()
    {
        await WriteAsync(Count("x"));
        var row = await Journal.ReadRowAsync(Counts, ["x"], None);
        Assert.Equal(["x"], row!.Key);
        Assert.Equal([default, 0L, 10L, 0.5, "it's new", default, default], row.Columns);
    }

    [SkippableFact]
    public async Task Values_of_every_kind_come_back()
    {
        await WriteAsync(Count(
            "żółw 🐢", Plain.Set(long.MinValue), Zero.Set(-1L), Ten.Set(true), Share.Set(1e300), Label.Set(""), Note.Set(new string('x', 5_000) + "é"), Blob.Set(new byte[] { 0, 1, 255 })));
        var row = await Journal.ReadRowAsync(Counts, ["żółw 🐢"], None);
        Assert.Equal([long.MinValue, -1L, 1L, 1e300, "", new string('x', 5_000) + "é", new byte[] { 0, 1, 255 }], row!.Columns);
        await WriteAsync(Count("żółw 🐢", Plain.Set(default), Note.Set(default), Blob.Set(Array.Empty<byte>())));
        row = await Journal.ReadRowAsync(Counts, ["żółw 🐢"], None);
        Assert.Equal([default, -1L, 1L, 1e300, "", default, Array.Empty<byte>()], row!.Columns);
    }

    [SkippableFact]
    public async Task Adding_starts_from_the_default_else_from_0()
    {
        await WriteAsync(Count("x", Plain.Add(3), Ten.Add(3), Share.Add(2)));
        await WriteAsync(Count("x", Plain.Add(-1), Ten.Add(-1), Share.Add(2), Zero.Add(5)));
        var row = await Journal.ReadRowAsync(Counts, ["x"], None);
        Assert.Equal([2L, 5L, 12L, 4.5], row!.Columns.Take(4));
    }

    [SkippableFact]
    public async Task Adding_to_null_is_adding_to_0()
    {
        await WriteAsync(Count("x", Plain.Set(default)));
        await WriteAsync(Count("x", Plain.Add(7)));
        await WriteAsync(Count("y", Plain.Set(default)), Count("y", Plain.Add(7)));
        Assert.Equal(7, (await Journal.ReadRowAsync(Counts, ["x"], None))!.Columns[Plain].Integer);
        Assert.Equal(7, (await Journal.ReadRowAsync(Counts, ["y"], None))!.Columns[Plain].Integer);
    }

    [SkippableFact]
    public async Task Changes_of_one_row_in_one_append_apply_in_order()
    {
        await WriteAsync(Count("x", Plain.Set(100L), Note.Set("old"), Ten.Set(99L)));
        await WriteAsync(
            Count("x", Plain.Add(1)), RowChange.Delete(Counts, "x"), Count("x", Plain.Add(5)), Count("x", Ten.Add(1)), Count("x", Plain.Set(7L)), Count("x", Plain.Add(2)));
        var row = await Journal.ReadRowAsync(Counts, ["x"], None);
        Assert.Equal([9L, 0L, 11L, 0.5, "it's new", default, default], row!.Columns);
        await WriteAsync(Count("x", Plain.Set(1L)), RowChange.Delete(Counts, "x"));
        Assert.Null(await Journal.ReadRowAsync(Counts, ["x"], None));
        await WriteAsync(RowChange.Delete(Counts, "x"));
    }

    [SkippableFact]
    public async Task Keys_alone_are_inserted()
    {
        await WriteAsync(RowChange.Put(Keys, [new byte[] { 1 }]), RowChange.Put(Keys, [Array.Empty<byte>()]), RowChange.Put(Keys, [new byte[] { 1 }]));
        await WriteAsync(RowChange.Put(Keys, [new byte[] { 1 }]));
        Assert.Equal([Array.Empty<byte>(), new byte[] { 1 }], (await ScanAsync(Keys)).Select(r => r.Key[0].Bytes));
        Assert.NotNull(await Journal.ReadRowAsync(Keys, [new byte[] { 1 }], None));
        Assert.Null(await Journal.ReadRowAsync(Keys, [new byte[] { 2 }], None));
    }

    [SkippableFact]
    public async Task Rows_come_in_the_order_of_code_points()
    {
        string[] keys = ["", "A", "B", "Z", "_", "a", "a ", "aa", "ab", "z", "~", "é", "ż", "€", "\ue000", "\uffee", "🐢", "🦀"];
        await WriteAsync([.. keys.Reverse().Select(k => Count(k))]);
        Assert.Equal(keys, (await ScanAsync(Counts)).Select(r => r.Key[0].Text));
        var after = await Journal.ReadRowsAsync(new TableQuery(Counts) { After = ["\uffee"], Limit = 10 }, None);
        Assert.Equal(["🐢", "🦀"], after.Select(r => r.Key[0].Text));
    }

    [SkippableFact]
    public async Task Reads_select_by_columns_after_a_key_up_to_a_limit()
    {
        await WriteAsync([.. Enumerable.Range(0, 40).Select(i =>
            RowChange.Put(Pairs, [$"l{i % 4}", (long)(i - 20)], Pairs.IndexOf("seen").Set((long)(i % 2)), Pairs.IndexOf("order").Set(i % 5 == 0 ? null : (double?)i)))]);

        async Task<IEnumerable<(string, long)>> ReadAsync(TableQuery query) =>
            (await Journal.ReadRowsAsync(query, None)).Select(r => (r.Key[0].Text, r.Key[1].Integer));

        var all = Enumerable.Range(0, 40).Select(i => (Left: $"l{i % 4}", Right: (long)(i - 20), I: i)).OrderBy(x => x.Left, StringComparer.Ordinal).ThenBy(x => x.Right).ToList();
        Assert.Equal(all.Select(x => (x.Left, x.Right)), await ReadAsync(new TableQuery(Pairs)));
        Assert.Equal(all.Where(x => x.Left == "l1").Select(x => (x.Left, x.Right)), await ReadAsync(new TableQuery(Pairs) { Where = [("left", "l1")] }));
        Assert.Equal(
            all.Where(x => x.I % 2 == 1).SkipWhile(x => x.Left == "l1" && x.Right <= 0).Take(5).Select(x => (x.Left, x.Right)),
            await ReadAsync(new TableQuery(Pairs) { Where = [("seen", 1L)], After = ["l1", 0L], Limit = 5 }));
        Assert.Equal(all.Where(x => x.I % 5 == 0).Select(x => (x.Left, x.Right)), await ReadAsync(new TableQuery(Pairs) { Where = [("order", default)] }));
        Assert.Empty(await ReadAsync(new TableQuery(Pairs) { After = ["z", 0L] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.ReadRowsAsync(new TableQuery(Pairs) { Limit = 0 }, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.ReadRowsAsync(new TableQuery(Pairs) { Where = [("nothing", 1L)] }, None));
    }

    [SkippableFact]
    public async Task A_scan_reads_every_page()
    {
        await WriteAsync([.. Enumerable.Range(0, 2_500).Select(i => RowChange.Put(Pairs, ["p", (long)i]))]);
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => (long)i), (await ScanAsync(Pairs)).Select(r => r.Key[1].Integer));
    }
}
