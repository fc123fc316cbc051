using Npgsql;

namespace Crowd.Journal.Postgres;

/// <summary>
/// The one connection that writes. It also holds the lock of the active process, so that losing the lock and losing the ability to
/// commit are the same thing. It is opened when it is needed and anew after it broke.
/// </summary>
internal sealed class WriterConnection(NpgsqlDataSource source, string role = WriterConnection.Active, bool together = false) : IAsyncDisposable
{
    /// <summary>The role of the one process that runs all grains.</summary>
    public const string Active = "active";

    private const string Key = "(hashtextextended('crowd.' || $1 || '.' || current_schema(), 0))";

    private readonly string _tryLock = $"select pg_try_advisory_lock{(together ? "_shared" : "")}{Key}";
    private readonly string _unlock = $"select pg_advisory_unlock{(together ? "_shared" : "")}{Key}";

    /// <summary>How long the server may take to give a sign of life.</summary>
    private const int PingSeconds = 5;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private NpgsqlConnection? _connection;
    private PostgresLease? _lease;
    private bool _leaseNeeded;

    /// <summary>Sends something that writes. The caller turns exceptions of the driver into the journal's.</summary>
    /// <exception cref="JournalUnavailableException">The server cannot be reached, or another process may be the active one: nothing was sent.</exception>
    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_leaseNeeded && _lease is null)
                throw new JournalUnavailableException("This process does not hold the active role.");
            return await use(await OpenAsync(cancellationToken));
        }
        catch (Exception e) when (!e.IsUndone())
        {
            await DropIfBrokenAsync();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes the lock of the active process, or returns null when another holds it. From the first try on, nothing is written without it.</summary>
    public async Task<PostgresLease?> TryAcquireAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _leaseNeeded = true;
            if (_lease is not null)
                return null;
            var connection = await OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(_tryLock, connection) { Parameters = { new() { Value = role } } };
            return await command.ExecuteScalarAsync(cancellationToken) is true ? _lease = new PostgresLease(this, timeProvider) : null;
        }
        catch (Exception e) when (!e.IsUndone())
        {
            await DropIfBrokenAsync();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks the server for a sign of life, so that a lock lost while nothing is written is noticed too.</summary>
    public Task PingAsync() => UseAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("select 1", connection) { CommandTimeout = PingSeconds };
            return await command.ExecuteScalarAsync(CancellationToken.None);
        },
        CancellationToken.None);

    /// <summary>Gives the lock up.</summary>
    public async Task ReleaseAsync(PostgresLease lease)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!ReferenceEquals(_lease, lease))
                return;
            _lease = null;
            if (_connection is not null)
            {
                await using var command = new NpgsqlCommand(_unlock, _connection) { Parameters = { new() { Value = role } } };
                await command.ExecuteScalarAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            await DropAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            // Nothing is sent any more.
            _leaseNeeded = true;
            await DropAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open })
            return _connection;
        var held = _lease is not null;
        await DropAsync();
        if (held)
            throw new JournalUnavailableException("The connection that held the active role was lost.");
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return _connection = connection;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw new JournalUnavailableException("The database cannot be reached.", e);
        }
    }

    private ValueTask DropIfBrokenAsync() => _connection is { FullState: System.Data.ConnectionState.Open } ? ValueTask.CompletedTask : DropAsync();

    private async ValueTask DropAsync()
    {
        var (connection, lease) = (_connection, _lease);
        (_connection, _lease) = (null, null);
        lease?.Lose();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
