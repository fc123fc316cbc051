using Crowd.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.Journal.Tests;

public sealed class LogFollowerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<long> _seen = [];
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_before_and_after_the_start_are_seen_once_and_in_order(bool inline)
    {
        await using var journal = new VolatileJournal(inline);
        await AppendAsync(journal, "before", 1_700);
        var follower = Follower(journal);
        var running = follower.RunAsync(_stop.Token);
        for (var i = 0; i < 50; i++)
            await AppendAsync(journal, $"after{i}", 3);
        await follower.WaitUntilCaughtUpAsync(1_850, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 1_850).Select(i => (long)i), _seen);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_follower_goes_on_where_it_was_stopped()
    {
        await using var journal = new VolatileJournal();
        await AppendAsync(journal, "a", 10);
        var first = Follower(journal);
        using var stopFirst = new CancellationTokenSource();
        var running = first.RunAsync(stopFirst.Token);
        await first.WaitUntilCaughtUpAsync(10, CancellationToken.None);
        await stopFirst.CancelAsync();
        await running;
        Assert.Equal(10, await journal.ReadCheckpointAsync("test", CancellationToken.None));

        await AppendAsync(journal, "b", 5);
        var second = Follower(journal);
        running = second.RunAsync(_stop.Token);
        await second.WaitUntilCaughtUpAsync(15, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 15).Select(i => (long)i), _seen);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_batch_whose_handler_fails_is_tried_again_and_never_skipped()
    {
        await using var journal = new VolatileJournal();
        await AppendAsync(journal, "a", 3);
        var tries = 0;
        var follower = Follower(journal, handler: batch => ++tries < 6 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask);
        var running = follower.RunAsync(_stop.Token);
        await AdvanceUntilAsync(follower.WaitUntilCaughtUpAsync(3, CancellationToken.None), TimeSpan.FromSeconds(1));
        Assert.Equal(6, tries);
        Assert.Equal([1L, 2, 3], _seen.TakeLast(3));
        await StopAsync(running);
    }

    [Fact]
    public async Task A_handler_that_falls_behind_costs_no_memory_and_misses_nothing()
    {
        await using var journal = new VolatileJournal();
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var follower = Follower(journal, new LogFollowerOptions { PushedEvents = 20, BatchEvents = 7 }, _ =>
        {
            entered.TrySetResult();
            return release.Task;
        });
        var running = follower.RunAsync(_stop.Token);
        await AppendAsync(journal, "first", 1);
        await entered.Task;
        for (var i = 0; i < 100; i++)
            await AppendAsync(journal, $"s{i}", 5);
        release.SetResult();
        await follower.WaitUntilCaughtUpAsync(501, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 501).Select(i => (long)i), _seen);
        await StopAsync(running);
    }

    [Fact]
    public async Task Events_that_another_process_commits_are_found_by_looking()
    {
        var connection = $"Data Source={Path.Combine(_folder.Path, "crowd.db")}";
        await using var journal = new SqliteJournal(connection, null);
        await using var other = new SqliteJournal(connection, null);
        await journal.InitialiseAsync([], CancellationToken.None);
        var follower = Follower(journal);
        var running = follower.RunAsync(_stop.Token);
        await AppendAsync(journal, "a", 1);
        await follower.WaitUntilCaughtUpAsync(1, CancellationToken.None);
        await AppendAsync(other, "b", 2);
        await AdvanceUntilAsync(follower.WaitUntilCaughtUpAsync(3, CancellationToken.None), TimeSpan.FromSeconds(1));

        // A gap between what was pushed and what was seen is filled from the log at once.
        await AppendAsync(other, "c", 1);
        await AppendAsync(journal, "d", 1);
        await follower.WaitUntilCaughtUpAsync(5, CancellationToken.None);
        Assert.Equal([1L, 2, 3, 4, 5], _seen);
        await StopAsync(running);
    }

    [Fact]
    public async Task The_checkpoint_is_stored_by_count_and_by_time()
    {
        await using var journal = new VolatileJournal();
        var follower = Follower(journal, new LogFollowerOptions { CheckpointEvents = 10, PollInterval = null });
        var running = follower.RunAsync(_stop.Token);
        await AppendAsync(journal, "a", 10);
        await UntilAsync(async () => await journal.ReadCheckpointAsync("test", CancellationToken.None) == 10);
        await AppendAsync(journal, "b", 1);
        await follower.WaitUntilCaughtUpAsync(11, CancellationToken.None);
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return await journal.ReadCheckpointAsync("test", CancellationToken.None) == 11;
        });
        await StopAsync(running);
    }

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
        () => Follower(new VolatileJournal(commitInline: true), new LogFollowerOptions { BatchEvents = 0 }));

    private static Task<AppendResult> AppendAsync(GroupCommitJournal journal, string stream, int events) => journal.AppendAsync(
        new Append { Stream = stream, ExpectedVersion = 0, At = DateTimeOffset.UnixEpoch, Actor = "t", Events = [.. Enumerable.Repeat(new NewEvent("e", "{}"u8.ToArray()), events)] },
        CancellationToken.None);

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
            await Task.Yield();
    }

    private LogFollower Follower(GroupCommitJournal journal, LogFollowerOptions? options = null, Func<IReadOnlyList<StoredEvent>, Task>? handler = null) => new(
        journal,
        "test",
        (batch, _) =>
        {
            _seen.AddRange(batch.Select(e => e.Position));
            return handler?.Invoke(batch) ?? Task.CompletedTask;
        },
        options ?? new LogFollowerOptions(),
        _time,
        NullLoggerFactory.Instance);

    private async Task AdvanceUntilAsync(Task done, TimeSpan step)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(step);
            await Task.Yield();
        }

        await done;
    }

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }
}
