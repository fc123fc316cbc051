using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Crowd.Journal;

public abstract partial class GroupCommitJournal
{
    /// <summary>How often a batch is tried anew when other processes append to its streams between the look and the commit.</summary>
    private const int TriesPerBatch = 20;

    private const string Closed = "The journal is closed.";

    /// <summary>The writer stands back before a commit until nothing more was appended for so long.</summary>
    private static readonly TimeSpan GatherIdle = TimeSpan.FromMicroseconds(30);

    /// <summary>The longest that the writer stands back.</summary>
    private static readonly TimeSpan GatherLongest = TimeSpan.FromMicroseconds(500);

    private readonly bool _inline;
    private readonly ConcurrentQueue<WriteRequest> _inlineQueue = new();
    private int _inlineRunning;
    private volatile bool _closed;

    private Task<AppendResult> SubmitAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<AppendResult>(cancellationToken);
        if (_inline)
            return _closed ? Task.FromException<AppendResult>(new JournalUnavailableException(Closed)) : SubmitInline(request);
        request.WithdrawOn(cancellationToken);
        return _queue.Writer.TryWrite(request) ? request.Task : SubmitWhenThereIsRoomAsync(request, cancellationToken);
    }

    private async Task<AppendResult> SubmitWhenThereIsRoomAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(request, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new JournalUnavailableException(Closed, e);
        }

        return await request.Task;
    }

    /// <summary>Commits at once. What an observer appends meanwhile is committed when the observers are through, by the same call.</summary>
    private Task<AppendResult> SubmitInline(WriteRequest request)
    {
        _inlineQueue.Enqueue(request);
        while (!_inlineQueue.IsEmpty && Interlocked.Exchange(ref _inlineRunning, 1) == 0)
        {
            while (_inlineQueue.TryDequeue(out var next))
            {
                // The store never waits; only a rebuild on another thread makes this call wait for its end.
                var committed = CommitAndTellAsync(CommitBatch.Of([next], _versions));
#pragma warning disable MA0042 // Inline means on the caller's thread.
                if (!committed.GetAwaiter().GetResult())
                    _versions.Clear();
#pragma warning restore MA0042
            }

            Volatile.Write(ref _inlineRunning, 0);
        }

        return request.Task;
    }

    /// <summary>While one batch is committed the next is gathered and merged, on the assumption that the first succeeds.</summary>
    private async Task WriteAsync()
    {
        var (flight, last) = (Task.FromResult(true), 0);
        while (await _queue.Reader.WaitToReadAsync())
        {
            var batch = new CommitBatch();
            TakeWaiting(batch);
            var crowded = last > 1 || !flight.IsCompleted;
            if (!await flight)
            {
                _versions.Clear();
                batch = CommitBatch.Of(batch.All, _versions);
            }

            // Whoever is alone is not made to wait.
            if (crowded)
                await LetAppendersRunAsync(batch);
            TakeWaiting(batch);
            last = batch.Count;
            flight = CommitAndTellAsync(batch);
        }

        await flight;
    }

    /// <summary>
    /// Those whose appends were just completed run first, as long as they bring more: what they append next shares this flush instead of
    /// waiting for another.
    /// </summary>
    private async ValueTask LetAppendersRunAsync(CommitBatch batch)
    {
        var (start, gathered) = (Stopwatch.GetTimestamp(), batch.Count);
        var idleSince = start;
        while (!batch.IsFull && Stopwatch.GetElapsedTime(idleSince) < GatherIdle && Stopwatch.GetElapsedTime(start) < GatherLongest)
        {
            await Task.Yield();
            TakeWaiting(batch);
            if (batch.Count > gathered)
                (gathered, idleSince) = (batch.Count, Stopwatch.GetTimestamp());
        }
    }

    private void TakeWaiting(CommitBatch batch)
    {
        while (!batch.IsFull && _queue.Reader.TryRead(out var request))
        {
            if (request.TryTake())
                batch.Add(request, _versions);
        }
    }

    /// <summary>Commits the batch, tells the observers, completes the appenders.</summary>
    /// <returns>False when the versions in memory cannot be trusted any more.</returns>
    private async Task<bool> CommitAndTellAsync(CommitBatch batch)
    {
        await _exclusive.WaitAsync();
        try
        {
            return await SettleAsync(batch);
        }
        catch (Exception e)
        {
            LogBroken(batch.Requests.Count, e);
            batch.Fail(() => new JournalOutcomeUnknownException("The journal failed.", e));
            return false;
        }
        finally
        {
            _exclusive.Release();
        }
    }

    private async ValueTask<bool> SettleAsync(CommitBatch batch)
    {
        var trusted = true;
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (batch.Refusal is { } refusal)
                    throw new RefusedBatchException("A sum leaves the range of its column.", refusal);
                if (!batch.IsEmpty)
                {
                    if (await CommitAsync(batch) is not { } before)
                    {
                        if (tries == TriesPerBatch)
                            throw new JournalUnavailableException($"Other processes were first {TriesPerBatch} times.");
                        batch = CommitBatch.Of(batch.All, await ReadVersionsOfAsync(batch.All));
                        trusted = false;
                        continue;
                    }

                    Tell(batch, before);
                }

                if (batch.Doubtful.Count == 0)
                    return trusted;
                var doubtful = batch.Doubtful;
                batch = await RejectConflictsAsync(doubtful);
                if (batch.IsEmpty && batch.Doubtful.Count == 0)
                    return trusted;
                trusted = false;
            }
            catch (RefusedBatchException e)
            {
                await SplitAsync(batch, e);
                return false;
            }
            catch (JournalUnavailableException e)
            {
                LogUnavailable(batch.Requests.Count, e);
                batch.Fail(() => new JournalUnavailableException(e.Message, e.InnerException));
                return false;
            }
            catch (JournalOutcomeUnknownException e)
            {
                LogOutcomeUnknown(batch.Requests.Count, e);
                batch.Fail(() => new JournalOutcomeUnknownException(e.Message, e.InnerException));
                return false;
            }
        }
    }

    /// <summary>Asks the store for the versions of the doubtful appends' streams and completes those that are in conflict.</summary>
    /// <returns>The rest: the versions in memory were wrong, the appends are right.</returns>
    private async ValueTask<CommitBatch> RejectConflictsAsync(List<AppendRequest> doubtful)
    {
        var versions = await ReadVersionsOfAsync(doubtful);
        var rest = new List<WriteRequest>();
        foreach (var request in doubtful)
        {
            versions.TryGet(request.Append.Stream, out var version);
            if (version == request.Append.ExpectedVersion)
                rest.Add(request);
            else
                request.Complete(new AppendResult.Conflict(version));
        }

        return CommitBatch.Of(rest, versions);
    }

    /// <summary>Something in the batch cannot be stored: halves it until the guilty request is alone.</summary>
    private async ValueTask SplitAsync(CommitBatch batch, RefusedBatchException refusal)
    {
        var all = batch.All.ToList();
        if (all.Count == 1)
        {
            LogRefused(refusal);
            all[0].Fail(new ArgumentException(refusal.Message, refusal.InnerException));
            return;
        }

        foreach (var half in all.Chunk((all.Count + 1) / 2))
            await SettleAsync(CommitBatch.Of(half, await ReadVersionsOfAsync(half)));
    }

    private async ValueTask<StreamVersions> ReadVersionsOfAsync(IEnumerable<WriteRequest> requests)
    {
        var streams = requests.OfType<AppendRequest>().Where(r => r.Append.Events.Count > 0).Select(r => r.Append.Stream).ToHashSet(StringComparer.Ordinal);
        var known = new StreamVersions(StreamVersionsKept);
        foreach (var (stream, version) in await ReadVersionsAsync(streams))
            known.Set(stream, version);
        return known;
    }

    private void Tell(CommitBatch batch, long before)
    {
        if (_sharing is not null)
            _sharing.Look();
        else if (batch.Events.Count > 0 && _observers.Any)
            _observers.Tell(batch.Stored(before));
        var position = before;
        foreach (var request in batch.Requests)
        {
            var events = request is AppendRequest { Append: var append } ? append.Events.Count : 0;
            position += events;
            request.Complete(events == 0 ? NothingAppended : new AppendResult.Committed(position, ((AppendRequest)request).Append.ExpectedVersion + events));
        }
    }
}
