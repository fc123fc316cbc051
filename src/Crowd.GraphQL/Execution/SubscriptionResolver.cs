using Crowd.GraphQL.Results;

namespace Crowd.GraphQL.Execution;

/// <summary>One event of a source stream, which completes the root field of one response.</summary>
internal abstract class SubscriptionEvent
{
    public abstract void Complete(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot);
}

/// <summary>The root field of a subscription: opens the source stream, and completes each event of it (section 6.2.3).</summary>
internal abstract class SubscriptionResolver : FieldResolver
{
    /// <summary>Opens the source stream. What the member throws before its first event ends the request instead.</summary>
    public abstract IAsyncEnumerator<SubscriptionEvent> Subscribe(object?[] arguments, RequestContext request);

    public override void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent) =>
        ((SubscriptionEvent)parent!).Complete(execution, plan, container, slot);
}

internal sealed class StreamResolver<T>(ResolveFunc<IAsyncEnumerable<T>> subscribe, Completer<T> completer) : SubscriptionResolver
{
    public override IAsyncEnumerator<SubscriptionEvent> Subscribe(object?[] arguments, RequestContext request)
    {
        var source = subscribe(null, arguments, request);
        return Events(source, request.Cancellation).GetAsyncEnumerator(request.Cancellation);
    }

    private async IAsyncEnumerable<SubscriptionEvent> Events(
        IAsyncEnumerable<T> source,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var value in source.WithCancellation(cancellationToken))
        {
            yield return new Event(value, completer);
        }
    }

    private sealed class Event(T value, Completer<T> completer) : SubscriptionEvent
    {
        public override void Complete(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot)
        {
            try
            {
                completer.Complete(execution, plan, container, slot, plan.IsNonNull, value);
            }
            catch (Exception exception) when (execution.MayHandle(exception))
            {
                execution.Fail(plan, container, slot, plan.IsNonNull, exception);
            }
        }
    }
}
