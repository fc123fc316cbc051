using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Loaders;

namespace Crowd.GraphQL;

/// <summary>
/// Gathers the keys that the fields of a request ask for and loads them together. Derive from it, register the class with
/// <c>AddGraphQL(b => b.Loader&lt;T&gt;())</c> and take it as a resolver's parameter. One instance serves one request and remembers
/// what it loaded; its constructor takes services.
/// </summary>
/// <typeparam name="TKey">Key with value equality.</typeparam>
/// <typeparam name="TValue">What a key stands for.</typeparam>
public abstract class BatchLoader<TKey, TValue> : ILoader
    where TKey : notnull
{
    private readonly Dictionary<TKey, TaskCompletionSource<TValue?>> _loaded = [];
    private List<TKey> _keys = [];
    private OperationExecution? _execution;

    /// <summary>Most keys of one batch. Default 1,000.</summary>
    protected virtual int MaxBatchSize => 1_000;

    /// <summary>The value of a key, or the default if the batch did not give it one.</summary>
    public Task<TValue?> LoadAsync(TKey key)
    {
        TaskCompletionSource<TValue?>? source;
        bool isFirst;
        lock (_loaded)
        {
            if (_loaded.TryGetValue(key, out source))
            {
                return source.Task;
            }

            // Continuations run where the batch completes, so that what they ask for makes one batch again.
            source = new TaskCompletionSource<TValue?>();
            _loaded.Add(key, source);
            _keys.Add(key);
            isFirst = _keys.Count == 1;
        }

        if (isFirst)
        {
            (_execution ?? throw new InvalidOperationException("A loader serves resolvers only.")).Enqueue(this);
        }

        return source.Task;
    }

    void ILoader.Attach(OperationExecution execution) => _execution = execution;

    async Task ILoader.Dispatch(OperationExecution execution)
    {
        List<TKey> keys;
        lock (_loaded)
        {
            keys = _keys;
            _keys = [];
        }

        foreach (var batch in keys.Chunk(MaxBatchSize))
        {
            IReadOnlyDictionary<TKey, TValue>? values = null;
            Exception? failure = null;
            try
            {
                values = await LoadBatchAsync(batch, execution.Request.Cancellation);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            execution.EnterPass();
            foreach (var key in batch)
            {
                Complete(key, values, failure);
            }

            execution.LeavePass();
        }
    }

    /// <summary>Loads many keys at once. Keys are distinct; those without a value are left out of the result.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private void Complete(TKey key, IReadOnlyDictionary<TKey, TValue>? values, Exception? failure)
    {
        TaskCompletionSource<TValue?> source;
        lock (_loaded)
        {
            source = _loaded[key];
        }

        if (failure is not null)
        {
            source.SetException(failure);
        }
        else
        {
            source.SetResult(values!.TryGetValue(key, out var value) ? value : default);
        }
    }
}
