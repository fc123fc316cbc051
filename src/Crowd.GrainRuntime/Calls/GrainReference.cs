namespace Crowd.GrainRuntime;

/// <summary>
/// A reference to a grain: its identity and the way to call it. The runtime generates a derived class per grain interface; two references
/// to one grain are equal, whichever interface they show. May be kept, shared and used by any number of threads.
/// </summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private CallTarget? _target;

    private protected GrainReference(GrainHost host, GrainClass grainClass, string key)
    {
        Host = host;
        Class = grainClass;
        Key = key;
    }

    /// <summary>The identity of the grain.</summary>
    public GrainId GrainId => GrainId.Create(Class.GrainType, Key);

    internal GrainHost Host { get; }

    internal GrainClass Class { get; }

    internal string Key { get; }

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => Equals(reference1, reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !Equals(reference1, reference2);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public bool Equals(GrainReference? other) => other is not null && Class == other.Class && Key == other.Key;

    public override int GetHashCode() => HashCode.Combine(Class.GrainType, Key);

    public override string ToString() => $"reference to {GrainId}";

    /// <summary>The body of generated methods that return <c>Task&lt;TResult&gt;</c>.</summary>
    internal Task<TResult> Ask<TArgs, TResult>(GrainMethod<TArgs> method, TArgs args)
    {
        if (Host.Refusal() is { } refusal) return Task.FromException<TResult>(refusal);
        var call = new Call<TArgs, TResult>(method, args, Host);
        return HasRunInline(call) ? (Task<TResult>)call.EndedInline! : call.Result;
    }

    /// <summary>The body of generated methods that return <c>Task</c>.</summary>
    internal Task Tell<TArgs>(GrainMethod<TArgs> method, TArgs args)
    {
        if (Host.Refusal() is { } refusal) return Task.FromException(refusal);
        var call = new Call<TArgs, Nothing>(method, args, Host);
        return HasRunInline(call) ? call.EndedInline! : call.Result;
    }

    /// <summary>The body of generated methods marked as one-way.</summary>
    internal Task Post<TArgs>(GrainMethod<TArgs> method, TArgs args)
    {
        if (Host.Refusal() is { } refusal) return Task.FromException(refusal);
        var call = new Call<TArgs, Nothing>(method, args, Host);
        call.Wait();
        Host.Observe(call, Class, Key);
        Send(call);
        Host.LogFailure(call.Result, method, GrainId);
        return Task.CompletedTask;
    }

    /// <summary>Ends the body of generated one-way methods that have no task to put a refusal into.</summary>
    internal static void ThrowIfRefused(Task posted) => posted.GetAwaiter().GetResult();

    /// <summary>Delivers the call inline if it may be, else by the mailbox.</summary>
    /// <returns>Whether the call has run inline to its end; else there is a result to wait for.</returns>
    private bool HasRunInline<TArgs, TResult>(Call<TArgs, TResult> call)
    {
        Host.Observe(call, Class, Key);
        if (Host.MayRunInline && (_target ??= Class.Find(Host, Key)).TryRunInline(call)) return call.EndedInline is not null;
        call.Wait();
        Send(call);
        return false;
    }

    private void Send(Call call)
    {
        // An activation that has ended takes nothing more; the next look-up finds or makes its successor.
        while (!(_target ??= Class.Find(Host, Key)).TryAccept(call)) _target = null;
    }
}
