namespace Crowd.GrainRuntime;

/// <summary>
/// The calls that somebody waits for, oldest first, and the clock that ends those that have waited too long. All calls have the same time
/// limit, so a list in order of arrival is all it takes; it is divided so that callers seldom meet.
/// </summary>
/// <param name="limit">How long a call may wait.</param>
/// <param name="shardCount">Into how many lists the calls are divided, a power of two; one keeps all calls in order.</param>
/// <param name="expired">Told of each call that has waited too long, oldest first within a list.</param>
internal sealed partial class CallDeadlines(TimeSpan limit, int shardCount, Action<Call> expired)
{
    /// <summary>The time limit is counted in ticks of this part of it, so that a call ends at most one part late.</summary>
    public const int TicksPerLimit = 10;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, shardCount).Select(_ => new Shard())];
    private long _tick;
    private volatile TaskCompletionSource? _whenNone;

    /// <summary>How many calls wait.</summary>
    public int Count => _shards.Sum(shard => Volatile.Read(ref shard.Count));

    public TimeSpan TickPeriod { get; } = limit / TicksPerLimit;

    public void Add(Call call)
    {
        var index = Environment.CurrentManagedThreadId & (_shards.Length - 1);
        var shard = _shards[index];
        lock (shard)
        {
            call.Shard = index;
            call.StartedAtTick = Volatile.Read(ref _tick);
            call.Earlier = shard.Newest;
            if (shard.Newest is null) shard.Oldest = call;
            else shard.Newest.Later = call;
            shard.Newest = call;
            shard.Count++;
        }
    }

    public void Remove(Call call)
    {
        if (call.Shard < 0) return;
        var shard = _shards[call.Shard];
        lock (shard)
        {
            if (call.Shard < 0) return;
            if (call.Earlier is null) shard.Oldest = call.Later;
            else call.Earlier.Later = call.Later;
            if (call.Later is null) shard.Newest = call.Earlier;
            else call.Later.Earlier = call.Earlier;
            call.Earlier = call.Later = null;
            call.Shard = -1;
            shard.Count--;
        }

        if (_whenNone is { } whenNone && Count == 0) whenNone.TrySetResult();
    }

    /// <summary>A part of the limit has passed.</summary>
    public void Tick()
    {
        var now = Interlocked.Increment(ref _tick);
        foreach (var call in Select(call => now - call.StartedAtTick > TicksPerLimit, stopAtFirstMiss: true)) expired(call);
    }

    /// <summary>The waiting calls that the given activation has taken.</summary>
    public List<Call> Of(Activation activation) => Select(call => ReferenceEquals(call.Target, activation), stopAtFirstMiss: false);

    /// <summary>All waiting calls.</summary>
    public List<Call> All() => Select(static _ => true, stopAtFirstMiss: false);

    private List<Call> Select(Func<Call, bool> wanted, bool stopAtFirstMiss)
    {
        List<Call> found = [];
        foreach (var shard in _shards)
        {
            lock (shard)
            {
                for (var call = shard.Oldest; call is not null; call = call.Later)
                {
                    if (wanted(call)) found.Add(call);
                    else if (stopAtFirstMiss) break;
                }
            }
        }

        return found;
    }

    private sealed class Shard
    {
        public Call? Oldest;
        public Call? Newest;
        public int Count;
    }
}
