using Crowd.GraphQL.Execution;

namespace Crowd.GraphQL.Loaders;

/// <summary>A loader that may have keys to send.</summary>
internal interface ILoader
{
    /// <summary>Ties the loader to the execution it serves.</summary>
    void Attach(OperationExecution execution);

    /// <summary>Sends the keys gathered so far; the task ends when their callers have their values.</summary>
    Task Dispatch(OperationExecution execution);
}
