namespace Crowd.Silo.Hosting;

/// <summary>What the process is at the moment.</summary>
public enum ServerRole
{
    /// <summary>It has just begun.</summary>
    Starting,

    /// <summary>Another process is the active one; this one waits.</summary>
    Standby,

    /// <summary>It runs the grains and serves.</summary>
    Active,

    /// <summary>It is ending.</summary>
    Stopping,
}

/// <summary>Tells the rest of the process, and health checks, what it is.</summary>
public sealed class ServerState
{
    private volatile ServerRole _role = ServerRole.Starting;
    private readonly TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerRole Role => _role;

    /// <summary>Completes when the process becomes the active one; fails when it could not.</summary>
    public Task WhenActive => _active.Task;

    internal void Become(ServerRole role)
    {
        _role = role;
        if (role == ServerRole.Active)
            _active.TrySetResult();
    }

    internal void Fail(Exception exception) => _active.TrySetException(exception);
}
