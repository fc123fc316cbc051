namespace Crowd.GraphQL;

/// <summary>Executes requests in process. The transports use it; so may tests and benchmarks.</summary>
public interface IGraphQLExecutor
{
    /// <summary>The schema that is served.</summary>
    ISchema Schema { get; }

    /// <summary>
    /// Executes a request (section 6.1). All errors are in the result. A subscription's result is a stream. Throws only
    /// if the token was cancelled.
    /// </summary>
    ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken);
}
