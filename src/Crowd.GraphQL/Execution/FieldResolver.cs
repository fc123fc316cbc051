using Crowd.GraphQL.Results;

namespace Crowd.GraphQL.Execution;

/// <summary>A compiled C# member. Arguments are in the order of the field's arguments, coerced for the member.</summary>
internal delegate T ResolveFunc<out T>(object? parent, object?[] arguments, RequestContext request);

/// <summary>Computes one field and puts the value into the result (<c>ExecuteField</c>, section 6.4).</summary>
internal abstract class FieldResolver
{
    public abstract void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent);
}

/// <summary>A member that gives its value at once.</summary>
internal sealed class SyncResolver<T>(ResolveFunc<T> resolve, Completer<T> completer) : FieldResolver
{
    public override void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent)
    {
        try
        {
            if (execution.TryGetArguments(plan, container, slot, out var arguments))
            {
                var value = resolve(parent, arguments, execution.Request);
                completer.Complete(execution, plan, container, slot, plan.IsNonNull, value);
            }
        }
        catch (Exception exception) when (execution.MayHandle(exception))
        {
            execution.Fail(plan, container, slot, plan.IsNonNull, exception);
        }
    }
}

/// <summary>A member that gives a task. One that is already complete costs no state machine.</summary>
internal sealed class TaskResolver<T>(ResolveFunc<Task<T>> resolve, Completer<T> completer) : FieldResolver
{
    public override void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent)
    {
        try
        {
            if (execution.TryGetArguments(plan, container, slot, out var arguments))
            {
                var task = resolve(parent, arguments, execution.Request);
                if (task.IsCompletedSuccessfully)
                {
                    completer.Complete(execution, plan, container, slot, plan.IsNonNull, task.Result);
                }
                else
                {
                    execution.Track(AsyncCompletion.Complete(execution, plan, container, slot, new ValueTask<T>(task), completer));
                }
            }
        }
        catch (Exception exception) when (execution.MayHandle(exception))
        {
            execution.Fail(plan, container, slot, plan.IsNonNull, exception);
        }
    }
}

/// <summary>A member that gives a value task.</summary>
internal sealed class ValueTaskResolver<T>(ResolveFunc<ValueTask<T>> resolve, Completer<T> completer) : FieldResolver
{
    public override void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent)
    {
        try
        {
            if (execution.TryGetArguments(plan, container, slot, out var arguments))
            {
                var task = resolve(parent, arguments, execution.Request);
                if (task.IsCompletedSuccessfully)
                {
                    completer.Complete(execution, plan, container, slot, plan.IsNonNull, task.Result);
                }
                else
                {
                    execution.Track(AsyncCompletion.Complete(execution, plan, container, slot, task, completer));
                }
            }
        }
        catch (Exception exception) when (execution.MayHandle(exception))
        {
            execution.Fail(plan, container, slot, plan.IsNonNull, exception);
        }
    }
}

internal static class AsyncCompletion
{
    public static async Task Complete<T>(
        OperationExecution execution,
        FieldPlan plan,
        ResultContainer container,
        int slot,
        ValueTask<T> task,
        Completer<T> completer)
    {
        try
        {
            var value = await task;
            if (container.IsDead)
            {
                return;
            }

            execution.EnterPass();
            try
            {
                completer.Complete(execution, plan, container, slot, plan.IsNonNull, value);
            }
            finally
            {
                execution.LeavePass();
            }
        }
        catch (Exception exception) when (execution.MayHandle(exception))
        {
            execution.Fail(plan, container, slot, plan.IsNonNull, exception);
        }
    }
}
