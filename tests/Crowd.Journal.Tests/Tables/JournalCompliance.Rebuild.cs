using static Crowd.Journal.Tests.TestTables;

namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableFact]
    public async Task A_rebuild_gives_the_read_models_of_the_log_and_leaves_what_lies_beside()
    {
        for (var i = 0; i < 5; i++)
            await AppendAsync($"s{i % 2}", i / 2, 1, [.. Project(i)]);
        await AppendAsync("long", 0, 4_500, Count("long", Zero.Add(4_500)));
        await WriteAsync(RowChange.Put(People, ["p"], 0.Set("Ann")), Count("stray"));

        await Journal.RebuildAsync(e => e.Stream == "long" ? [Count("long", Zero.Add(1)), RowChange.Put(People, ["q"])] : Project((int)e.Position - 1), None);

        Assert.Equal(["long", "s0", "s1"], (await ScanAsync(Counts)).Select(r => r.Key[0].Text));
        Assert.Equal(4_500, (await Journal.ReadRowAsync(Counts, ["long"], None))!.Columns[Zero].Integer);
        Assert.Equal(3, (await Journal.ReadRowAsync(Counts, ["s0"], None))!.Columns[Plain].Integer);
        Assert.Equal(["p"], (await ScanAsync(People)).Select(r => r.Key[0].Text));
        await AppendAsync("s0", 3, 1, Count("s0", Plain.Add(1)));
        await Journal.RebuildAsync(_ => [], None);
        Assert.Empty(await ScanAsync(Counts));

        static IReadOnlyList<RowChange> Project(int i) => [Count($"s{i % 2}", Plain.Add(1)), RowChange.Put(Pairs, [$"s{i % 2}", (long)i])];
    }

    [SkippableFact]
    public async Task A_rebuild_that_fails_changes_nothing()
    {
        await AppendAsync("a", 0, 1, Count("x", Plain.Set(1L)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Journal.RebuildAsync(_ => throw new InvalidOperationException("No."), None));
        Assert.Single(await ScanAsync(Counts));
        await AppendAsync("a", 1, 1, Count("x", Plain.Add(1)));
        Assert.Equal(2, (await Journal.ReadRowAsync(Counts, ["x"], None))!.Columns[Plain].Integer);
    }

    [SkippableFact]
    public async Task A_changed_read_model_asks_for_a_rebuild()
    {
        await AppendAsync("a", 0, 1, Count("x", Plain.Set(1L)));
        var changed = Counts with { Columns = [.. Counts.Columns, new Column("more", ColumnKind.Integer, 5L)] };
        await ReopenAsync([changed, Pairs, Keys, People]);
        if (await Journal.LastPositionAsync(None) == 0)
            return; // A volatile journal forgets.

        Assert.True(Journal.RebuildNeeded);
        await ReopenAsync([changed, Pairs, Keys, People]);
        Assert.True(Journal.RebuildNeeded);
        await Journal.RebuildAsync(_ => [RowChange.Put(changed, ["x"], Plain.Add(2))], None);
        Assert.False(Journal.RebuildNeeded);
        await ReopenAsync([changed, Pairs, Keys, People]);
        Assert.False(Journal.RebuildNeeded);
        var row = (await ScanAsync(changed)).Single();
        Assert.Equal((2L, 5L), (row.Columns[Plain].Integer, row.Columns[^1].Integer));
    }

    [SkippableFact]
    public async Task A_table_beside_the_log_gains_columns_and_keeps_its_rows()
    {
        await AppendAsync("a", 0, 1, RowChange.Put(People, ["p"], 0.Set("Ann")));
        var wider = People with { Columns = [.. People.Columns, new Column("mail", ColumnKind.Text, "none"), new Column("age", ColumnKind.Integer)], Indexes = [new("mail")] };
        await ReopenAsync([wider]);
        if (await Journal.LastPositionAsync(None) == 0)
            return; // A volatile journal forgets.

        Assert.False(Journal.RebuildNeeded);
        Assert.Equal(["Ann", "none", default], (await ScanAsync(wider)).Single().Columns);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.InitialiseAsync([wider with { Columns = [wider.Columns[1]] }], None));
    }

    [SkippableTheory]
    [InlineData("events")]
    [InlineData("shadow_x")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("quote\"")]
    public async Task A_table_needs_a_name_of_its_own(string name) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.InitialiseAsync([Keys with { Name = name }], None));
}
