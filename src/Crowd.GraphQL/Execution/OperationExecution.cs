using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Results;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>
/// One execution of an operation (section 6.2). Fields run in passes: a pass runs until nothing is left but waiting,
/// then the loaders send what they gathered. Passes may run on several threads at once; each writes its own slots.
/// </summary>
internal sealed class OperationExecution(Schema schema, RequestContext request, RequestVariables variables, ErrorReporter reporter)
{
    private readonly List<GraphQLError> _errors = [];
    private readonly List<Task> _tasks = [];
    private readonly List<Loaders.ILoader> _waiting = [];
    private int _passes;

    public Schema Schema { get; } = schema;

    public RequestContext Request { get; } = request;

    /// <summary>The errors so far. Read when nothing runs any more.</summary>
    public IReadOnlyList<GraphQLError> Errors => _errors;

    public void ExecuteFields(ObjectResult container, object? parent)
    {
        var fields = container.Plan.Fields;
        for (var i = 0; i < fields.Length && !container.IsReplaced; i++)
        {
            fields[i].Resolver.Resolve(this, fields[i], container, i, parent);
        }
    }

    /// <summary>Executes all root fields, one after another if asked to, and waits for them (sections 6.2.1, 6.2.2).</summary>
    public ValueTask ExecuteRoot(ObjectResult root, object? rootValue, bool isSerial)
    {
        if (isSerial && root.Plan.Fields.Length > 1)
        {
            return ExecuteSerially(root, rootValue);
        }

        EnterPass();
        ExecuteFields(root, rootValue);
        LeavePass();
        return _tasks.Count == 0 ? default : WaitForTasks(0);
    }

    public bool TryGetArguments(FieldPlan plan, ResultContainer container, int slot, out object?[] arguments)
    {
        if (plan.Arguments.Constants is { } constants)
        {
            arguments = constants;
            return true;
        }

        var errors = new CoercionErrors();
        arguments = plan.Arguments.Coerce(variables, errors);
        if (errors.Count == 0)
        {
            return true;
        }

        Add(container, slot, plan.IsNonNull, Describe(plan, container, slot, errors.Problems[0]));
        return false;
    }

    /// <summary>Whether an exception becomes a field error. A cancelled request ends instead.</summary>
    public bool MayHandle(Exception exception) => !(exception is OperationCanceledException && Request.Cancellation.IsCancellationRequested);

    public void Fail(FieldPlan plan, ResultContainer container, int slot, bool isNonNull, Exception exception)
    {
        var error = reporter.Describe(exception) with { Locations = plan.Locations, Path = container.PathOf(slot) };
        Add(container, slot, isNonNull, error);
    }

    public Exception NullNotAllowed(FieldPlan plan) =>
        new InvalidOperationException($"{plan.Field.Parent?.Name}.{plan.Field.Name} gave null, but its type is {plan.Field.Type}.");

    public void Track(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_tasks)
        {
            _tasks.Add(task);
        }
    }

    public void EnterPass() => Interlocked.Increment(ref _passes);

    public void LeavePass()
    {
        if (Interlocked.Decrement(ref _passes) == 0)
        {
            DispatchLoaders();
        }
    }

    /// <summary>Remembers a loader that has keys. Outside of a pass nobody would come by, so it is sent at once.</summary>
    public void Enqueue(Loaders.ILoader loader)
    {
        lock (_waiting)
        {
            _waiting.Add(loader);
        }

        if (Volatile.Read(ref _passes) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static execution => execution.DispatchLoaders(), this, preferLocal: true);
        }
    }

    private void DispatchLoaders()
    {
        Loaders.ILoader[] loaders;
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            loaders = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var loader in loaders)
        {
            Track(loader.Dispatch(this));
        }
    }

    private async ValueTask ExecuteSerially(ObjectResult root, object? rootValue)
    {
        var fields = root.Plan.Fields;
        var done = 0;
        for (var i = 0; i < fields.Length && !root.IsReplaced; i++)
        {
            EnterPass();
            fields[i].Resolver.Resolve(this, fields[i], root, i, rootValue);
            LeavePass();
            await WaitForTasks(done);
            done = _tasks.Count;
        }
    }

    // Tasks are added before the task that adds them ends, so none is missed.
    private async ValueTask WaitForTasks(int from)
    {
        for (var i = from; ; i++)
        {
            Task task;
            lock (_tasks)
            {
                if (i >= _tasks.Count)
                {
                    return;
                }

                task = _tasks[i];
            }

            await task.WaitAsync(Request.Cancellation);
        }
    }

    private void Add(ResultContainer container, int slot, bool isNonNull, GraphQLError error)
    {
        lock (_errors)
        {
            if (container.IsDead)
            {
                return;
            }

            _errors.Add(error);
            container.Slots[slot].SetNull();
            if (isNonNull)
            {
                container.ReplaceWithNull();
            }
        }
    }

    private static GraphQLError Describe(FieldPlan plan, ResultContainer container, int slot, CoercionErrors.Problem problem) => new()
    {
        Message = $"{plan.Field.Name}({problem.Path}): {problem.Message}",
        Code = problem.Code,
        Locations = [plan.LocationOf(problem.Node ?? plan.Node)],
        Path = container.PathOf(slot),
        Extensions = problem.Extensions,
    };
}
