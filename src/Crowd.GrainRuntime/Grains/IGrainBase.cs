namespace Crowd.GrainRuntime;

/// <summary>What the runtime needs of a grain class. <see cref="Grain"/> implements it; nothing else should.</summary>
public interface IGrainBase
{
    /// <summary>The activation that the instance belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call. If it throws, the waiting calls fail with that exception and the next call tries again.</summary>
    /// <param name="token">Cancelled when the activation is given up, for example at a shutdown that has run out of time.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call, unless the activation was dropped. What it throws is logged.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="token">Cancelled when the time limit for deactivation is reached.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
