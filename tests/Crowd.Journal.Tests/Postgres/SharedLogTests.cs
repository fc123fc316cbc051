using Crowd.Tests.Shared;

namespace Crowd.Journal.Tests;

/// <summary>Several processes write one log. Each store here is what a process has.</summary>
public sealed class SharedLogTests
{
    [SkippableFact]
    public async Task Observers_hear_what_others_commit_in_the_order_of_the_log()
    {
        var connection = Schema();
        await using var here = await OpenAsync(connection);
        await using var there = await OpenAsync(connection);
        var heard = new List<long>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Observers may be told of what came just before they did, never of less than what comes after.
        using var subscription = here.Journal.Subscribe(events =>
        {
            heard.AddRange(events.Select(e => e.Position));
            if (heard[^1] == 100)
                all.TrySetResult();
        });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AppendAsync(i % 2 == 0 ? here : there, $"stream-{i}")));
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), heard);
    }

    [SkippableFact]
    public async Task Of_two_writers_of_a_version_one_loses()
    {
        var connection = Schema();
        await using var here = await OpenAsync(connection);
        await using var there = await OpenAsync(connection);
        for (var version = 0; version < 20; version++)
        {
            var results = await Task.WhenAll(AppendAsync(here, "stream", version), AppendAsync(there, "stream", version));
            Assert.Single(results.OfType<AppendResult.Committed>());
            Assert.Equal(version + 1, Assert.Single(results.OfType<AppendResult.Conflict>()).ActualVersion);
        }
    }

    [SkippableFact]
    public async Task A_role_is_one_process_s_at_a_time_and_moves()
    {
        var connection = Schema();
        await using var here = await OpenAsync(connection);
        await using var there = await OpenAsync(connection);
        var held = await here.RoleOf("sweeper").AcquireAsync(CancellationToken.None);
        await using (await there.RoleOf("cleaner").AcquireAsync(CancellationToken.None))
        {
            // Another role is free.
        }

        var waiting = there.RoleOf("sweeper").AcquireAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        await using var moved = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(moved.Lost.IsCancellationRequested);
    }

    [SkippableFact]
    public async Task Those_who_share_the_log_keep_out_who_wants_it_alone()
    {
        var connection = Schema();
        await using var here = await OpenAsync(connection);
        await using var there = await OpenAsync(connection);
        await using var alone = JournalFactory.Open(connection, TimeProvider.System, null);
        var first = await here.ActiveRole.AcquireAsync(CancellationToken.None);
        var second = await there.ActiveRole.AcquireAsync(CancellationToken.None);
        await first.DisposeAsync();
        var waiting = alone.ActiveRole.AcquireAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await second.DisposeAsync();
        await using var lease = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task Whoever_is_fenced_out_commits_nothing()
    {
        var connection = Schema();
        var fence = "true";
        await using var fenced = await OpenAsync(connection, new() { Fence = () => fence });
        await using var other = await OpenAsync(connection);
        Assert.IsType<AppendResult.Committed>(await AppendAsync(fenced, "stream"));
        fence = "not exists (select from events)";
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(fenced, "stream", 1));
        Assert.Equal(1, await other.Journal.LastPositionAsync(CancellationToken.None));
        Assert.IsType<AppendResult.Committed>(await AppendAsync(other, "stream", 1));
    }

    [Fact]
    public void Only_PostgreSQL_is_shared() => Assert.Throws<ArgumentException>(() => JournalFactory.Open("Data Source=x.db", TimeProvider.System, null, new()));

    private static string Schema()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        return PostgresCluster.Shared.CreateSchema();
    }

    private static async Task<JournalStore> OpenAsync(string connection, LogSharing? sharing = null)
    {
        var store = JournalFactory.Open(connection, TimeProvider.System, null, sharing ?? new());
        await store.Journal.InitialiseAsync([], CancellationToken.None);
        return store;
    }

    private static Task<AppendResult> AppendAsync(JournalStore store, string stream, long version = 0) => store.Journal.AppendAsync(
        new Append { Stream = stream, ExpectedVersion = version, At = DateTimeOffset.UnixEpoch, Actor = "t", Events = [new NewEvent("e", "{}"u8.ToArray())] },
        CancellationToken.None);
}
