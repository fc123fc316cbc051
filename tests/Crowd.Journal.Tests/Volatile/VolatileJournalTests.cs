namespace Crowd.Journal.Tests;

public sealed class VolatileJournalTests : JournalCompliance
{
    protected override Task<GroupCommitJournal> OpenAsync() => Task.FromResult<GroupCommitJournal>(new VolatileJournal());
}

public sealed class InlineVolatileJournalTests : JournalCompliance
{
    [Fact]
    public void Everything_completes_within_the_call()
    {
        var thread = Environment.CurrentManagedThreadId;
        var heardOn = 0;
        using var subscription = Journal.Subscribe(_ => heardOn = Environment.CurrentManagedThreadId);
        Assert.True(AppendAsync("a", 0, 1, TestTables.Count("x")).IsCompletedSuccessfully);
        Assert.True(AppendAsync("a", 0).IsCompletedSuccessfully);
        Assert.Equal(thread, heardOn);
        Assert.True(Journal.ReadRowAsync(TestTables.Counts, ["x"], None).IsCompletedSuccessfully);
        Assert.True(Journal.ReadLogAsync(0, 10, None).IsCompletedSuccessfully);
        Assert.True(ReadStreamAsync("a").IsCompletedSuccessfully);
        Assert.True(Journal.WriteCheckpointAsync("f", 1, None).IsCompletedSuccessfully);
        Assert.True(Journal.RebuildAsync(_ => [], None).IsCompletedSuccessfully);
    }

    protected override Task<GroupCommitJournal> OpenAsync() => Task.FromResult<GroupCommitJournal>(new VolatileJournal(commitInline: true));
}
