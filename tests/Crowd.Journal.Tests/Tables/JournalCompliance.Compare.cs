using static Crowd.Journal.Tests.TestTables;

namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableFact]
    public async Task Read_models_that_are_what_the_log_says_do_not_differ()
    {
        for (var i = 0; i < 10; i++)
            await AppendAsync($"s{i % 3}", i / 3, 1, [.. ProjectAll(i)]);
        await WriteAsync(RowChange.Put(People, ["beside"]));
        Assert.Empty(await Journal.CompareWithLogAsync(e => ProjectAll((int)e.Position - 1), 10, None));
    }

    [SkippableFact]
    public async Task Every_row_that_is_not_what_the_log_says_is_found()
    {
        for (var i = 0; i < 10; i++)
            await AppendAsync($"s{i % 3}", i / 3, 1, [.. ProjectAll(i)]);
        await WriteAsync(Count("s0", Note.Set("tampered")), RowChange.Delete(Counts, "s1"), Count("stray"), RowChange.Delete(Pairs, "s2", 2L));

        var differences = await Journal.CompareWithLogAsync(e => ProjectAll((int)e.Position - 1), 10, None);

        Assert.Equal(
            [("counts", "s0", true, true), ("counts", "s1", false, true), ("counts", "stray", true, false), ("pairs", "s2", false, true)],
            differences.Select(d => (d.Table.Name, (d.Stored ?? d.Rebuilt)!.Key[0].Text, d.Stored is not null, d.Rebuilt is not null)));
        Assert.Equal("tampered", differences[0].Stored!.Columns[Note].Text);
        Assert.True(differences[0].Rebuilt!.Columns[Note].IsNull);
        Assert.Single(await Journal.CompareWithLogAsync(e => ProjectAll((int)e.Position - 1), 1, None), d => d.Table == Counts);

        // The comparison leaves no trace.
        Assert.Equal(4, (await Journal.CompareWithLogAsync(e => ProjectAll((int)e.Position - 1), 10, None)).Count);
        Assert.Null(await Journal.ReadRowAsync(Counts, ["s1"], None));
    }

    private static IReadOnlyList<RowChange> ProjectAll(int i) =>
        [Count($"s{i % 3}", Plain.Add(1), Share.Set((double)i)), RowChange.Put(Pairs, [$"s{i % 3}", (long)i], 1.Add(i))];
}
