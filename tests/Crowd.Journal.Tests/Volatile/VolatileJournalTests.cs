namespace Crowd.Journal.Tests;

public sealed class VolatileJournalTests : JournalCompliance
{
    [Fact]
    public Task Cancelling_withdraws_what_waits_and_not_what_the_writer_has_taken() => Task.Run(async () =>
    {
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await AppendAsync("first", 0);
        var rebuilding = Task.Run(() => Journal.RebuildAsync(
            _ =>
            {
                held.SetResult();
                release.Wait();
                return [];
            },
            None));
        await held.Task;
        using var cancel = new CancellationTokenSource();
        var appends = Enumerable.Range(0, JournalLimits.WaitingAppends + 8_000).Select(i => Journal.AppendAsync(NewAppend($"s{i}", 0), cancel.Token)).ToList();
        await cancel.CancelAsync();
        release.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => appends[^1]);
        await rebuilding;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(appends));

        // Whatever was not withdrawn is in the log, and nothing else.
        Assert.All(appends, a => Assert.True(a.IsCanceled || a.IsCompletedSuccessfully));
        Assert.Equal(1 + appends.Count(a => a.IsCompletedSuccessfully), await Journal.LastPositionAsync(None));
    });

    [Fact]
    public Task More_appends_than_may_wait_are_all_committed() => Task.Run(async () =>
    {
        var appends = Enumerable.Range(0, JournalLimits.WaitingAppends * 2).Select(i => AppendAsync($"s{i % 100}", i / 100)).ToList();
        Assert.All(await Task.WhenAll(appends), r => Assert.IsType<AppendResult.Committed>(r));
        Assert.Equal(appends.Count, await Journal.LastPositionAsync(None));
    });

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
