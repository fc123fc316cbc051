using Crowd.Journal.Sqlite;

namespace Crowd.Journal.Tests;

public sealed class SqliteFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Connection => $"Data Source={Path.Combine(_folder.Path, "crowd.db")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_an_error_to_the_caller_and_never_a_hole()
    {
        long committed = 0;
        await using (var journal = new SqliteJournal(Connection, null) { PageLimit = 200 })
        {
            await journal.InitialiseAsync(TestTables.All, CancellationToken.None);
            for (var full = false; !full;)
            {
                var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryAsync(journal, $"s{Guid.NewGuid()}", 2_000)));
                committed += results.Count(r => r);
                full = results.Contains(false);
            }

            Assert.False(await TryAsync(journal, "large", 200_000));
            Assert.Equal(committed, await journal.LastPositionAsync(CancellationToken.None));
        }

        await using var reopened = new SqliteJournal(Connection, null);
        await reopened.InitialiseAsync(TestTables.All, CancellationToken.None);
        Assert.True(await TryAsync(reopened, "large", 200_000));
        var log = await reopened.ReadLogAsync(0, 100_000, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, (int)committed + 1).Select(i => (long)i), log.Select(e => e.Position));
        Assert.Equal(log.Count, (await reopened.ReadRowAsync(TestTables.Counts, ["all"], CancellationToken.None))!.Columns[TestTables.Zero].Integer);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error_to_the_caller()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "crowd.db"), new string('x', 10_000));
        await using var journal = new SqliteJournal(Connection, null);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.InitialiseAsync(TestTables.All, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadLogAsync(0, 1, CancellationToken.None));
    }

    [Fact]
    public async Task Plain_sql_reads_the_log_and_cannot_write()
    {
        await using var store = JournalFactory.Open(Connection, TimeProvider.System, null);
        await store.Journal.InitialiseAsync(TestTables.All, CancellationToken.None);
        await store.Journal.AppendAsync(NewAppend("a", """{"colour":"red"}"""u8.ToArray()), CancellationToken.None);
        await using var connection = await store.SqlReads.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "select data ->> 'colour' from events";
        Assert.Equal("red", await command.ExecuteScalarAsync());
        command.CommandText = "delete from events";
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => command.ExecuteNonQueryAsync());
    }

    private static async Task<bool> TryAsync(SqliteJournal journal, string stream, int bytes)
    {
        var data = new byte[bytes];
        data.AsSpan().Fill((byte)' ');
        try
        {
            return await journal.AppendAsync(NewAppend(stream, data), CancellationToken.None) is AppendResult.Committed;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private static Append NewAppend(string stream, byte[] data) => new()
    {
        Stream = stream,
        ExpectedVersion = 0,
        At = DateTimeOffset.UnixEpoch,
        Actor = "t",
        Events = [new NewEvent("e", data)],
        Changes = [TestTables.Count("all", TestTables.Zero.Add(1))],
    };
}
