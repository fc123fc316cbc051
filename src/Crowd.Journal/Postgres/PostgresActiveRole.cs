using Npgsql;

namespace Crowd.Journal.Postgres;

/// <summary>The active role as a session lock of the writer's connection.</summary>
internal sealed class PostgresActiveRole(WriterConnection connection, TimeProvider timeProvider) : IActiveRole
{
    public async Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await connection.TryAcquireAsync(timeProvider, cancellationToken) is { } lease)
                    return lease;
            }
            catch (Exception e) when (e is NpgsqlException or JournalUnavailableException or IOException or TimeoutException)
            {
                // The database cannot be reached: tried again like a lock that another holds.
            }

            await Task.Delay(IActiveRole.RetryInterval, timeProvider, cancellationToken);
        }
    }
}
