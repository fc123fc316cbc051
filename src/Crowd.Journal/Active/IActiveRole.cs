namespace Crowd.Journal;

/// <summary>
/// Makes one process the active one over a database; the others wait as standbys (DESIGN section 7).
/// The lock is held by the very connection that commits, so that a process that lost it can no longer write.
/// </summary>
public interface IActiveRole
{
    /// <summary>
    /// Waits until this process is the active one. Tries again every <see cref="RetryInterval"/> while another holds the lock or the
    /// database cannot be reached.
    /// </summary>
    /// <returns>The held role; its <see cref="ActiveLease.Lost"/> fires when the lock is gone. Dispose to give it up.</returns>
    Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken);

    /// <summary>How long a standby waits between tries: one second.</summary>
    static TimeSpan RetryInterval => TimeSpan.FromSeconds(1);
}

/// <summary>The active role, held until disposed or lost.</summary>
public abstract class ActiveLease : IAsyncDisposable
{
    /// <summary>Fires when the lock was lost: the process must stop running grains at once.</summary>
    public abstract CancellationToken Lost { get; }

    public abstract ValueTask DisposeAsync();
}
