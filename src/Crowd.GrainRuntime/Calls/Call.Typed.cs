using System.Diagnostics;

namespace Crowd.GrainRuntime;

/// <summary>The result type of methods that return none.</summary>
internal readonly struct Nothing;

/// <summary>
/// A call with its arguments. Until somebody must wait for it, there is no completion source: a call that runs inline and ends without
/// a wait hands the grain's own task to the caller.
/// </summary>
internal sealed class Call<TArgs, TResult>(GrainMethod<TArgs> method, TArgs args, GrainHost host) : Call(method)
{
    private readonly GrainMethod<TArgs> _method = method;
    private readonly TArgs _args = args;
    private TaskCompletionSource<TResult>? _completion;
    private Task? _work;

    public override bool HasEnded => _completion?.Task.IsCompleted ?? false;

    /// <summary>What the caller waits for. Only after <see cref="Wait"/>, or after a run that has not ended.</summary>
    public Task<TResult> Result => _completion!.Task;

    /// <summary>The grain's own task when the call has run inline to its end, else null.</summary>
    public Task? EndedInline => _completion is null ? _work : null;

    /// <summary>Makes the call one that somebody waits for, under the time limit.</summary>
    public void Wait()
    {
        _completion = new TaskCompletionSource<TResult>(host.CompletionOptions);
        host.Deadlines.Add(this);
    }

    public override void Run()
    {
        // The caller has given up while the call was in the mailbox.
        if (HasEnded)
        {
            Target!.Finished(this, null);
            return;
        }

        if (Activity is not null) Activity.Current = Activity;
        try
        {
            _work = _method.Invoke(Target!.GrainInstance!, _args) ?? throw new InvalidOperationException($"{Method.Name} returned null for a task.");
        }
        catch (Exception e)
        {
            _work = Task.FromException<TResult>(e);
        }
        finally
        {
            if (Activity is not null) Activity.Current = null;
        }

        if (_work.IsCompleted)
        {
            End();
            return;
        }

        if (_completion is null) Wait();
        // Captures the activation's scheduler: the end is noticed in a turn, or as part of the one that reached it.
        _work.GetAwaiter().UnsafeOnCompleted(End);
        // Dropped while this thread ran it: the drop could not see that somebody waits.
        if (Target!.IsLost) TryFail(Target.Lost());
    }

    public override bool TryFail(Exception exception)
    {
        if (!_completion!.TrySetException(exception)) return false;
        host.Deadlines.Remove(this);
        StopActivity(exception);
        return true;
    }

    private void End()
    {
        var exception = _work!.IsFaulted ? _work.Exception.InnerException : null;
        Target!.Finished(this, exception);
        StopActivity(exception);
        if (_completion is null) return;
        host.Deadlines.Remove(this);
        if (_work is Task<TResult> typed) _completion.TrySetFromTask(typed);
        else if (_work.IsFaulted) _completion.TrySetException(_work.Exception.InnerExceptions);
        else if (_work.IsCanceled) _completion.TrySetCanceled();
        else _completion.TrySetResult(default!);
    }

    private void StopActivity(Exception? exception)
    {
        if (Activity is not { } activity) return;
        if (exception is not null) activity.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        activity.Dispose();
    }
}
