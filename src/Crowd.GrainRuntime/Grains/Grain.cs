using System.Diagnostics.CodeAnalysis;

namespace Crowd.GrainRuntime;

/// <summary>
/// The base of all grain classes. One instance lives per key; the runtime makes it with its first call and runs its calls one at a
/// time unless the class or the method says otherwise. Code after an <c>await</c> goes on where no other code of the grain runs.
/// </summary>
/// <remarks>
/// Arguments and results are handed over by reference: pass only what nobody changes afterwards. A grain made with <c>new</c> outside the
/// runtime has no context: its constructor works, its members that need the runtime throw <see cref="InvalidOperationException"/>.
/// </remarks>
[SuppressMessage("Naming", "CA1725", Justification = "The names of parameters are those of Orleans, which differ here too.")]
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation = Activation.UnderConstruction;

    /// <inheritdoc/>
    public IGrainContext GrainContext => Activation;

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => Activation.GrainReference;

    /// <summary>The grain's identity as text.</summary>
    public string IdentityString => Activation.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Host.Grains;

    /// <summary>The activation's own service scope.</summary>
    protected IServiceProvider ServiceProvider => Activation.ActivationServices;

    private Activation Activation => _activation ?? throw new InvalidOperationException($"{GetType().Name} was made outside the grain runtime.");

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once its running calls have finished; calls that wait go to the next one.</summary>
    protected void DeactivateOnIdle() =>
        Activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    /// <summary>Keeps this activation from being collected as idle for at least the given time from now.</summary>
    /// <param name="timeSpan">Positive; or zero or below to take the wish back.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
