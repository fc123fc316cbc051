namespace Crowd.Journal.Postgres;

/// <summary>A role that one process of several has at a time, or that they have together, as a session lock of a connection that is there for nothing else.</summary>
internal sealed class PostgresRole(PostgresJournal journal, string name, bool together, TimeProvider timeProvider) : IActiveRole
{
    public async Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken)
    {
        var connection = journal.RoleConnection(name, together);
        try
        {
            return new Lease(await new PostgresActiveRole(connection, timeProvider).AcquireAsync(cancellationToken), connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Lease(ActiveLease held, WriterConnection connection) : ActiveLease
    {
        public override CancellationToken Lost => held.Lost;

        public override async ValueTask DisposeAsync()
        {
            await held.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
