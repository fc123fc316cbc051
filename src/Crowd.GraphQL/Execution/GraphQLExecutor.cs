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
            _documents.Add(document);
        }

        return document;
    }

    private RequestContext ContextOf(GraphQLRequest request, CancellationToken cancellationToken) => new(request.Services ?? services, request.State, cancellationToken);

    private async ValueTask<ExecutionResult> ExecuteWithTimeout(Operation operation, RequestVariables variables, GraphQLRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ExecuteOnce(operation, variables, ContextOf(request, linked.Token), rootValue: null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            return ExecutionResult.RequestError(new GraphQLError
            {
                Message = "The operation took longer than it may.",
                Code = ErrorCodes.Timeout,
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["limitMilliseconds"] = options.Timeout.TotalMilliseconds },
            });
        }
    }

    private static ExecutionResult Finish(OperationExecution execution, ObjectResult root) => new(root, execution.Errors, hasData: true);

    private static async ValueTask<ExecutionResult> Await(ValueTask running, OperationExecution execution, ObjectResult root)
    {
        await running;
        return Finish(execution, root);
    }
}
