using System.Runtime.CompilerServices;
using Crowd.GraphQL.Inputs;

namespace Crowd.GraphQL.Execution;

/// <summary>Subscriptions (section 6.2.3): the source stream is mapped to a response stream, one execution an event.</summary>
internal static class SubscriptionExecution
{
    /// <summary><c>CreateSourceEventStream</c>: arguments that do not fit are an error of the request.</summary>
    public static ValueTask<ExecutionResult> Start(GraphQLExecutor executor, Operation operation, RequestVariables variables, RequestContext context)
    {
        var plan = operation.PlanFor(variables).Fields[0];
        var errors = new CoercionErrors();
        var arguments = plan.Arguments.Constants ?? plan.Arguments.Coerce(variables, errors);
        if (errors.Count > 0)
        {
            var problem = errors.Problems[0];
            return new(ExecutionResult.RequestError(new GraphQLError
            {
                Message = $"{plan.Field.Name}({problem.Path}): {problem.Message}",
                Code = problem.Code,
                Locations = plan.Locations,
                Path = [plan.ResponseName],
                Extensions = problem.Extensions,
            }));
        }

        return new(Open(executor, operation, variables, context, plan, arguments));
    }

    private static ExecutionResult Open(
        GraphQLExecutor executor,
        Operation operation,
        RequestVariables variables,
        RequestContext context,
        FieldPlan plan,
        object?[] arguments)
    {
        IAsyncEnumerator<SubscriptionEvent> events;
        try
        {
            events = ((SubscriptionResolver)plan.Resolver).Subscribe(arguments, context);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && context.Cancellation.IsCancellationRequested))
        {
            return ExecutionResult.RequestError(executor.Describe(exception) with { Locations = plan.Locations, Path = [plan.ResponseName] });
        }

        return new ExecutionResult(Map(executor, operation, variables, context, events, plan, context.Cancellation));
    }

    // MapSourceToResponseEvent. A source that fails ends the stream with an error.
    private static async IAsyncEnumerable<ExecutionResult> Map(
        GraphQLExecutor executor,
        Operation operation,
        RequestVariables variables,
        RequestContext context,
        IAsyncEnumerator<SubscriptionEvent> events,
        FieldPlan plan,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var _ = events;
        using var __ = new OpenSubscription();
        while (true)
        {
            GraphQLError? failure = null;
            try
            {
                if (!await events.MoveNextAsync().AsTask().WaitAsync(cancellationToken))
                {
                    yield break;
                }
            }
            catch (Exception exception) when (!(exception is OperationCanceledException && (cancellationToken.IsCancellationRequested || context.Cancellation.IsCancellationRequested)))
            {
                failure = executor.Describe(exception) with { Locations = plan.Locations, Path = [plan.ResponseName] };
            }

            if (failure is not null)
            {
                yield return ExecutionResult.RequestError(failure);
                yield break;
            }

            yield return await executor.ExecuteOnce(operation, variables, context.ForEvent(), events.Current);
        }
    }

    private sealed class OpenSubscription : IDisposable
    {
        public OpenSubscription() => OperationTelemetry.SubscriptionOpened();

        public void Dispose() => OperationTelemetry.SubscriptionClosed();
    }
}
