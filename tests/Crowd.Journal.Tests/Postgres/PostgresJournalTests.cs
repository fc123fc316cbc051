using Crowd.Journal.Postgres;
using Crowd.Tests.Shared;

namespace Crowd.Journal.Tests;

public sealed class PostgresJournalTests : JournalCompliance
{
    private string? _connectionString;

    protected override Task<GroupCommitJournal> OpenAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        _connectionString ??= PostgresCluster.Shared.CreateSchema();
        return Task.FromResult<GroupCommitJournal>(new PostgresJournal(_connectionString, null));
    }
}
