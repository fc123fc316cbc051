using Crowd.Journal.Sqlite;

namespace Crowd.Journal.Tests;

public sealed class SqliteJournalTests : JournalCompliance
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<GroupCommitJournal> OpenAsync() =>
        Task.FromResult<GroupCommitJournal>(new SqliteJournal($"Data Source={Path.Combine(_folder.Path, "data", "crowd.db")}", null));

    protected override Task CleanUpAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
