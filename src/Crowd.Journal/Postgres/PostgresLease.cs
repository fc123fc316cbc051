namespace Crowd.Journal.Postgres;

/// <summary>The active role held by the writer's connection.</summary>
internal sealed class PostgresLease : ActiveLease
{
    /// <summary>How often the connection is looked at while nothing is written.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly WriterConnection _connection;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _watching;

    public PostgresLease(WriterConnection connection, TimeProvider timeProvider)
    {
        _connection = connection;
        _watching = WatchAsync(timeProvider);
    }

    public override CancellationToken Lost => _lost.Token;

    /// <summary>The connection is gone. Callbacks run elsewhere: the caller holds the connection's gate.</summary>
    public void Lose() => _ = _lost.CancelAsync();

    public override async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _watching;
        await _connection.ReleaseAsync(this);
    }

    private async Task WatchAsync(TimeProvider timeProvider)
    {
        using var timer = new PeriodicTimer(PingInterval, timeProvider);
        try
        {
            while (!_lost.IsCancellationRequested && await timer.WaitForNextTickAsync(_released.Token))
                await _connection.PingAsync();
        }
        catch (OperationCanceledException)
        {
            // Given up.
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or JournalUnavailableException or IOException or TimeoutException)
        {
            // The connection has told the lease when it broke; one that merely failed to answer is no ground to stand on either.
            Lose();
        }
    }
}
