namespace Crowd.GrainRuntime;

/// <summary>Runs code without the caller's ambient values (<see cref="AsyncLocal{T}"/>), which must not leak from call to call.</summary>
internal static class CleanContext
{
    private static readonly ExecutionContext Empty = Capture();

    public static void Run<TState>(Action<TState> action, TState state)
    {
        var before = ExecutionContext.Capture();
        if (before == Empty)
        {
            action(state);
            return;
        }

        if (before is null)
        {
            RunWithoutFlow(action, state);
            return;
        }

        ExecutionContext.Restore(Empty);
        try
        {
            action(state);
        }
        finally
        {
            ExecutionContext.Restore(before);
        }
    }

    /// <summary>Forgets the ambient values that the code before has left on this thread.</summary>
    public static void Restore()
    {
        if (ExecutionContext.Capture() != Empty) ExecutionContext.Restore(Empty);
    }

    /// <summary>For callers that have suppressed the flow, which only this brings back. Apart, for the closure that it costs.</summary>
    private static void RunWithoutFlow<TState>(Action<TState> action, TState state) => ExecutionContext.Run(Empty, _ => action(state), null);

    private static ExecutionContext Capture()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured ?? throw new InvalidOperationException("A new thread has no execution context.");
    }
}
