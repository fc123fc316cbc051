namespace Crowd.Journal;

/// <summary>An event with its version; its position is its place in the batch, added to the last position of the log.</summary>
internal readonly record struct PendingEvent(string Stream, long Version, string Type, long AtMicroseconds, string Actor, ReadOnlyMemory<byte> Data);

/// <summary>What is committed as one transaction: the requests taken together, their events in order and their row changes merged.</summary>
internal sealed class CommitBatch
{
    /// <summary>Rows after which a transaction takes no further request. One request may be larger.</summary>
    private const int RowsPerCommit = 20_000;

    private int _weight;

    /// <summary>The requests of the transaction, in order.</summary>
    public List<WriteRequest> Requests { get; } = [];

    /// <summary>Appends whose expected version is not what the cache says. They are looked at after the transaction.</summary>
    public List<AppendRequest> Doubtful { get; } = [];

    public List<PendingEvent> Events { get; } = [];

    public RowMerge Rows { get; } = new();

    /// <summary>Versions that streams must have before the transaction, taken on trust: the store has to check them.</summary>
    public Dictionary<string, long> Assumed { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Snapshot> Snapshots { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Checkpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the changes cannot be merged: a sum leaves the range of its column.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Every request of the batch, the doubtful ones last.</summary>
    public IEnumerable<WriteRequest> All => Requests.Concat(Doubtful);

    public bool IsEmpty => Requests.Count == 0;

    /// <summary>How many requests were taken in.</summary>
    public int Count => Requests.Count + Doubtful.Count;

    public bool IsFull => Count >= JournalLimits.AppendsPerCommit || _weight >= RowsPerCommit;

    /// <summary>A batch of the requests, in order.</summary>
    public static CommitBatch Of(IEnumerable<WriteRequest> requests, StreamVersions versions)
    {
        var batch = new CommitBatch();
        foreach (var request in requests)
            batch.Add(request, versions);
        return batch;
    }

    /// <summary>Takes the request in, and notes in <paramref name="versions"/> which version its stream will have.</summary>
    public void Add(WriteRequest request, StreamVersions versions)
    {
        _weight += request.Weight;
        switch (request)
        {
            case AppendRequest append when !Admit(append.Append, versions):
                Doubtful.Add(append);
                return;
            case AppendRequest append:
                Merge(append.Append.Changes);
                break;
            case SnapshotRequest { Snapshot: var snapshot }:
                if (!Snapshots.TryGetValue(snapshot.Stream, out var kept) || kept.Version <= snapshot.Version)
                    Snapshots[snapshot.Stream] = snapshot;
                break;
            case CheckpointRequest checkpoint:
                Checkpoints[checkpoint.Follower] = Math.Max(checkpoint.Position, Checkpoints.GetValueOrDefault(checkpoint.Follower));
                break;
        }

        Requests.Add(request);
    }

    /// <summary>The events as they stand in the log once the batch is committed after position <paramref name="before"/>.</summary>
    public StoredEvent[] Stored(long before)
    {
        var stored = new StoredEvent[Events.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var e = Events[i];
            stored[i] = new StoredEvent(before + 1 + i, e.Stream, e.Version, e.Type, Instants.FromMicroseconds(e.AtMicroseconds), e.Actor, e.Data);
        }

        return stored;
    }

    /// <summary>Fails every request that is not complete yet. Doubtful ones never came to be written.</summary>
    public void Fail(Func<Exception> exception)
    {
        foreach (var request in Requests)
            request.Fail(exception());
        foreach (var request in Doubtful)
            request.Fail(new JournalUnavailableException("The store failed before the append's turn.", exception()));
    }

    private bool Admit(Append append, StreamVersions versions)
    {
        var events = append.Events;
        if (events.Count == 0)
            return true;
        if (!versions.TryGet(append.Stream, out var version))
            Assumed.Add(append.Stream, append.ExpectedVersion);
        else if (version != append.ExpectedVersion)
            return false;
        versions.Set(append.Stream, append.ExpectedVersion + events.Count);
        var at = append.At.ToMicroseconds();
        for (var i = 0; i < events.Count; i++)
            Events.Add(new PendingEvent(append.Stream, append.ExpectedVersion + 1 + i, events[i].Type, at, append.Actor, events[i].Data));
        return true;
    }

    private void Merge(IReadOnlyList<RowChange> changes)
    {
        try
        {
            for (var i = 0; i < changes.Count; i++)
                Rows.Apply(changes[i]);
        }
        catch (Exception e)
        {
            // Whatever is wrong with the changes, the writer goes on.
            Refusal = e;
        }
    }
}
