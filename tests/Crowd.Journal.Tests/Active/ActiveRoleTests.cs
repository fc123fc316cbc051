using System.Diagnostics;
using Crowd.Tests.Shared;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Crowd.Journal.Tests;

public sealed class ActiveRoleTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_is_active_and_the_other_takes_over_when_it_gives_up(string store)
    {
        var connection = Connection(store);
        await using var first = JournalFactory.Open(connection, _time, null);
        await using var second = JournalFactory.Open(connection, _time, null);
        await first.Journal.InitialiseAsync([], CancellationToken.None);

        var lease = await first.ActiveRole.AcquireAsync(CancellationToken.None);
        var waiting = second.ActiveRole.AcquireAsync(CancellationToken.None);
        _time.Advance(IActiveRole.RetryInterval);
        Assert.False(waiting.IsCompleted);
        Assert.IsType<AppendResult.Committed>(await AppendAsync(first, "a"));

        await lease.DisposeAsync();
        await using var taken = await AdvanceUntilAsync(waiting);
        Assert.False(taken.Lost.IsCancellationRequested);
        Assert.IsType<AppendResult.Committed>(await AppendAsync(second, "b"));
    }

    [SkippableFact]
    public async Task The_file_lock_goes_with_the_process_that_holds_it()
    {
        await using var store = JournalFactory.Open(Connection("sqlite"), _time, null);
        await store.Journal.InitialiseAsync([], CancellationToken.None);
        Skip.IfNot(File.Exists("/usr/bin/flock"), "The flock program is missing (apt-get install util-linux).");
        var file = Path.Combine(_folder.Path, "crowd.db.lock");
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", ["--no-fork", file, "sh", "-c", "echo held; exec sleep 600"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());

        var waiting = store.ActiveRole.AcquireAsync(CancellationToken.None);
        _time.Advance(IActiveRole.RetryInterval);
        Assert.False(waiting.IsCompleted);
        holder.Kill();
        await holder.WaitForExitAsync();
        await using var lease = await AdvanceUntilAsync(waiting);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_loses_the_connection_loses_the_role_and_cannot_commit(bool idle)
    {
        var connection = Connection("postgres");
        await using var first = JournalFactory.Open(connection, _time, null);
        await using var second = JournalFactory.Open(connection, _time, null);
        await first.Journal.InitialiseAsync([], CancellationToken.None);
        var lease = await first.ActiveRole.AcquireAsync(CancellationToken.None);
        await AppendAsync(first, "before");
        var waiting = second.ActiveRole.AcquireAsync(CancellationToken.None);

        TerminateLockHolder(connection);
        var lost = new TaskCompletionSource<bool>();
        await using var registration = lease.Lost.Register(() => lost.SetResult(true));
        if (!idle)
            await Assert.ThrowsAnyAsync<Exception>(() => AppendAsync(first, "during"));
        await AdvanceUntilAsync(lost.Task);

        await using var taken = await AdvanceUntilAsync(waiting);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(first, "after"));
        Assert.IsType<AppendResult.Committed>(await AppendAsync(second, "after"));
        await lease.DisposeAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(first, "later"));

        // It can become the active one again.
        await taken.DisposeAsync();
        await using var again = await AdvanceUntilAsync(first.ActiveRole.AcquireAsync(CancellationToken.None));
        Assert.IsType<AppendResult.Committed>(await AppendAsync(first, "again"));
    }

    [Fact]
    public void A_connection_string_without_a_store_is_refused() =>
        Assert.Throws<ArgumentException>(() => JournalFactory.Open("Nothing=here", _time, null));

    private static Task<AppendResult> AppendAsync(JournalStore store, string stream) => store.Journal.AppendAsync(
        new Append { Stream = stream, ExpectedVersion = 0, At = DateTimeOffset.UnixEpoch, Actor = "t", Events = [new NewEvent("e", "{}"u8.ToArray())] },
        CancellationToken.None);

    private static void TerminateLockHolder(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        const string Sql = """
            select pg_terminate_backend(pid, 10000) from pg_locks
            where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = hashtextextended('crowd.active.' || current_schema(), 0)
            """;
        using var command = new NpgsqlCommand(Sql, connection);
        Assert.Equal(true, command.ExecuteScalar());
    }

    private async Task<T> AdvanceUntilAsync<T>(Task<T> done)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(IActiveRole.RetryInterval);
            await Task.Yield();
        }

        return await done;
    }

    private string Connection(string store)
    {
        if (store == "sqlite")
            return $"Data Source={Path.Combine(_folder.Path, "crowd.db")}";
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        return PostgresCluster.Shared.CreateSchema();
    }
}
