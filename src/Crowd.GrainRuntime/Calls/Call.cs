using System.Diagnostics;

namespace Crowd.GrainRuntime;

/// <summary>
/// One call on its way to a grain and back. It is in the mailbox or running, and ends once: with the grain's result, or earlier for its
/// caller by a timeout or the loss of the activation, in which case what the grain returns later is ignored.
/// </summary>
internal abstract class Call(GrainMethod method) : ITurn
{
    public GrainMethod Method { get; } = method;

    /// <summary>The activation that has taken the call; null until then.</summary>
    public Activation? Target { get; set; }

    /// <summary>Set only when somebody listens to the runtime's activity source.</summary>
    public Activity? Activity { get; set; }

    // Owned by CallDeadlines: the call's place in the list of those that wait.
    internal Call? Earlier { get; set; }

    internal Call? Later { get; set; }

    internal long StartedAtTick { get; set; }

    internal int Shard { get; set; } = -1;

    /// <summary>Whether the caller has its answer.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Runs the first piece of the call, up to the grain's first real wait.</summary>
    public abstract void Run();

    /// <summary>Ends the call with an exception unless it has ended.</summary>
    /// <returns>Whether this was what ended it.</returns>
    public abstract bool TryFail(Exception exception);
}
