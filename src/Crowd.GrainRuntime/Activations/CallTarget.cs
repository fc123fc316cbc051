namespace Crowd.GrainRuntime;

/// <summary>What a key leads to: an activation, or a set of them for stateless workers.</summary>
internal abstract class CallTarget
{
    /// <summary>Takes the call into a mailbox; a full one fails the call.</summary>
    /// <returns>False when the target has ended: look it up anew.</returns>
    public abstract bool TryAccept(Call call);

    /// <summary>Runs the call's first piece on this thread if the grain is idle and nothing waits.</summary>
    public virtual bool TryRunInline(Call call) => false;
}
