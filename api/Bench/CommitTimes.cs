using System.Diagnostics;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Api.Bench;

/// <summary>
/// Commits a row of its own and has the disk sync a small file, each fifty times a second while something else is measured: how much of a request's time is the wait for the
/// shared commit, and how much of that is the disk.
/// </summary>
internal sealed class CommitTimes : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly Latencies _commits = new();
    private readonly Latencies _syncs = new();
    private readonly Task _running;

    public CommitTimes(BenchWorld world) =>
        _running = Task.WhenAll(
            Task.Run(() => CommitAsync(world.App.Services.GetRequiredService<IJournal>()), CancellationToken.None), Task.Run(SyncAsync, CancellationToken.None));

    /// <summary>Times of a commit and of a sync, once they are no longer taken.</summary>
    public (Latencies Commits, Latencies Syncs) Times => (Latencies.Merge([_commits]), Latencies.Merge([_syncs]));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task CommitAsync(IJournal journal)
    {
        using var timer = new PeriodicTimer(Between);
        while (await NextAsync(timer))
        {
            var begun = Stopwatch.GetTimestamp();
            await journal.AppendAsync(
                new() { Stream = "", ExpectedVersion = 0, At = default, Actor = "bench", Events = [], Changes = [RowChange.Put(SecretsTable.Table, ["bench"], SecretsTable.Value.Set("x"))] }, CancellationToken.None);
            _commits.Add(Stopwatch.GetTimestamp() - begun);
        }
    }

    private async Task SyncAsync()
    {
        var path = Path.GetTempFileName();
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 1))
        {
            var page = new byte[4096];
            using var timer = new PeriodicTimer(Between);
            while (await NextAsync(timer))
            {
                var begun = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                _syncs.Add(Stopwatch.GetTimestamp() - begun);
            }
        }

        File.Delete(path);
    }

    private async ValueTask<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
