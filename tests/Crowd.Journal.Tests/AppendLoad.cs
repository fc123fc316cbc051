namespace Crowd.Journal.Tests;

/// <summary>Writers that append one event after the other and remember what was acknowledged, and the check that all of it is there.</summary>
internal sealed class AppendLoad(IJournal journal)
{
    private readonly Dictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _target = long.MaxValue;
    private long _total;
    private int _failures;

    /// <summary>How many appends failed or had an unknown outcome.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Completes when so many more appends were acknowledged.</summary>
    public Task WaitForAsync(int more)
    {
        lock (_lock)
        {
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _target = _total + more;
            return _reached.Task;
        }
    }

    /// <summary>Appends to the stream until stopped. After an unknown outcome the stream is read, never guessed.</summary>
    public async Task WriteAsync(string stream, CancellationToken stop)
    {
        long version = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                version = await WriteOnceAsync(stream, version);
            }
            catch (JournalUnavailableException)
            {
                Interlocked.Increment(ref _failures);
                await Task.Yield();
            }
            catch (JournalOutcomeUnknownException)
            {
                Interlocked.Increment(ref _failures);
                version = await ReadVersionAsync(stream);
                Acknowledge(stream, version);
            }
        }
    }

    /// <summary>Appends two events and three rows.</summary>
    /// <returns>The version that the stream has now.</returns>
    public async Task<long> WriteOnceAsync(string stream, long version)
    {
        var result = await journal.AppendAsync(
            new Append
            {
                Stream = stream,
                ExpectedVersion = version,
                At = DateTimeOffset.UnixEpoch,
                Actor = "load",
                Events = [new NewEvent("e", "{}"u8.ToArray()), new NewEvent("f", "{}"u8.ToArray())],
                Changes = [TestTables.Count(stream, TestTables.Zero.Add(1)), TestTables.Count("all", TestTables.Zero.Add(1)), RowChange.Put(TestTables.Pairs, [stream, version])],
            },
            CancellationToken.None);
        version = Assert.IsType<AppendResult.Committed>(result).LastVersion;
        Acknowledge(stream, version);
        return version;
    }

    public async Task VerifyAsync()
    {
        var log = await journal.ReadLogAsync(0, int.MaxValue, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
        foreach (var stream in log.GroupBy(e => e.Stream))
        {
            Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(e => e.Version));
            Assert.Equal(_acknowledged[stream.Key], stream.Count());
            Assert.Equal(stream.Count() / 2, await CountAsync(stream.Key));
        }

        Assert.Equal(_acknowledged.Values.Sum(), log.Count);
        Assert.Equal(log.Count / 2, await CountAsync("all"));
    }

    private async Task<long> ReadVersionAsync(string stream)
    {
        while (true)
        {
            try
            {
                long version = 0;
                await foreach (var stored in journal.ReadStreamAsync(stream, 0, CancellationToken.None))
                    version = stored.Version;
                return version;
            }
            catch (JournalUnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    private async Task<long> CountAsync(string id) => (await journal.ReadRowAsync(TestTables.Counts, [id], CancellationToken.None))!.Columns[TestTables.Zero].Integer;

    private void Acknowledge(string stream, long version)
    {
        lock (_lock)
        {
            _acknowledged[stream] = version;
            if (++_total >= _target)
                _reached.TrySetResult();
        }
    }
}
