using System.Diagnostics;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Requests;
using Crowd.GraphQL.Results;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary><c>ExecuteRequest</c> of section 6.1.</summary>
internal sealed class GraphQLExecutor(Schema schema, GraphQLServerOptions options, ErrorReporter reporter, IServiceProvider services, TimeProvider time)
    : IGraphQLExecutor
{
    private readonly DocumentCache _documents = new(options.DocumentCacheSize);

    public ISchema Schema => schema;

    public ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (Untrusted(ref request) is { } untrusted)
        {
            return new(untrusted);
        }

        var document = Prepare(request);
        if (document.Refusal is { } refusal)
        {
            return new(refusal);
        }

        if (document.Find(request.OperationName) is not { } operation)
        {
            return new(ExecutionResult.RequestError(
                string.IsNullOrEmpty(request.OperationName) ? "Name the operation to execute: the document has several, or none." : $"The document has no operation {request.OperationName}.",
                ErrorCodes.OperationNotFound));
        }

        if (request.IsReadOnly && operation.Definition.Operation != OperationType.Query)
        {
            return new(ExecutionResult.RequestError("Only queries can be sent with GET.", ErrorCodes.MethodNotAllowed));
        }

        var variables = RequestVariables.Coerce(operation, request.Variables, out var errors);
        if (errors.Count > 0)
        {
            return new(ExecutionResult.RequestError(errors));
        }

        return operation.Definition.Operation == OperationType.Subscription
            ? SubscriptionExecution.Start(this, operation, variables, ContextOf(request, cancellationToken))
            : ExecuteWithTimeout(operation, variables, request, cancellationToken);
    }

    /// <summary>Executes the operation once: a query or mutation, or a subscription for one event.</summary>
    public ValueTask<ExecutionResult> ExecuteOnce(Operation operation, RequestVariables variables, RequestContext context, object? rootValue)
    {
        var execution = new OperationExecution(schema, context, variables, reporter);
        context.Execution = execution;
        var root = new ObjectResult(null, 0, isNonNull: false, operation.PlanFor(variables));
        var running = execution.ExecuteRoot(root, rootValue, operation.Definition.Operation == OperationType.Mutation);
        return running.IsCompletedSuccessfully ? new(Finish(execution, root)) : Await(running, execution, root);
    }

    public GraphQLError Describe(Exception exception) => reporter.Describe(exception);

    private PreparedDocument Prepare(GraphQLRequest request)
    {
        if (!_documents.TryGet(request.Document.Span, out var document))
        {
            document = PreparedDocument.Prepare(schema, request.Document.ToArray(), options);
            if (document.Text.Length <= options.MaxCachedDocumentBytes)
            {
                _documents.Add(document);
            }

            OperationTelemetry.DocumentPrepared();
        }

        return document;
    }

    private RequestContext ContextOf(GraphQLRequest request, CancellationToken cancellationToken) => new(request.Services ?? services, request.State, cancellationToken);

    // A document named by hash takes the place of one that was sent.
    private ExecutionResult? Untrusted(ref GraphQLRequest request)
    {
        var trusted = options.TrustedDocuments;
        if (request.DocumentId is { } id)
        {
            if (trusted is null || !trusted.TryFind(id, out var document))
            {
                return ExecutionResult.RequestError("There is no document by this id.", ErrorCodes.DocumentNotFound);
            }

            request = new GraphQLRequest(document)
            {
                OperationName = request.OperationName,
                Variables = request.Variables,
                Extensions = request.Extensions,
                Services = request.Services,
                State = request.State,
                IsReadOnly = request.IsReadOnly,
            };
            return null;
        }

        return trusted is { AreOnly: true } && !trusted.Contains(request.Document.Span)
            ? ExecutionResult.RequestError("Only documents known to the server are executed.", ErrorCodes.DocumentNotTrusted)
            : null;
    }

    private ValueTask<ExecutionResult> ExecuteWithTimeout(Operation operation, RequestVariables variables, GraphQLRequest request, CancellationToken cancellationToken)
    {
        var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var definition = operation.Definition;
        var started = time.GetTimestamp();
        var activity = OperationTelemetry.Start(definition.Operation, definition.Name?.Value);
        var running = ExecuteOnce(operation, variables, ContextOf(request, limit.Token), rootValue: null);
        if (!running.IsCompletedSuccessfully)
        {
            return AwaitWithTimeout(running, limit, registration, activity, definition.Operation, started, cancellationToken);
        }

        // What is done already needs no timer and no state machine.
#pragma warning disable MA0042
        registration.Dispose();
        limit.Dispose();
        var result = running.Result;
#pragma warning restore MA0042
        OperationTelemetry.Stop(activity, definition.Operation, time.GetElapsedTime(started), result);
        activity?.Dispose();
        return new(result);
    }

    private async ValueTask<ExecutionResult> AwaitWithTimeout(
        ValueTask<ExecutionResult> running,
        CancellationTokenSource limit,
        CancellationTokenRegistration registration,
        Activity? activity,
        OperationType type,
        long started,
        CancellationToken cancellationToken)
    {
        using var _ = activity;
        await using var __ = registration;
        using var ___ = limit;
        limit.CancelAfter(options.Timeout);
        ExecutionResult result;
        try
        {
            result = await running;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            result = ExecutionResult.RequestError(new GraphQLError
            {
                Message = "The operation took longer than it may.",
                Code = ErrorCodes.Timeout,
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["limitMilliseconds"] = options.Timeout.TotalMilliseconds },
            });
        }

        OperationTelemetry.Stop(activity, type, time.GetElapsedTime(started), result);
        return result;
    }

    private static ExecutionResult Finish(OperationExecution execution, ObjectResult root) => new(root, execution.Errors, hasData: true);

    private static async ValueTask<ExecutionResult> Await(ValueTask running, OperationExecution execution, ObjectResult root)
    {
        await running;
        return Finish(execution, root);
    }
}
