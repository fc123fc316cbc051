namespace Crowd.GrainRuntime;

/// <summary>One activation: a grain instance in memory, its identity and its services. Owned by the runtime.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain, which anybody may hold and call.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The instance, or null until its constructor has run.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's own service scope; disposed when the activation has ended.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended, however it ended. Never fails.</summary>
    Task Deactivated { get; }

    /// <summary>
    /// Asks for the end of the activation: running calls finish, waiting calls go to the next activation. Returns at once and may be
    /// called from anywhere and more than once.
    /// </summary>
    /// <param name="deactivationReason">Given to <see cref="Grain.OnDeactivateAsync"/>.</param>
    /// <param name="cancellationToken">Given on to <see cref="Grain.OnDeactivateAsync"/>, where it joins the time limit.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
