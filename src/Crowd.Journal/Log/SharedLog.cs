using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

/// <summary>
/// Tells the observers of a journal that several processes write what stands in the log, in its order and without gaps, whoever wrote it. It looks at
/// <see cref="Interval"/> and after every commit of this process.
/// </summary>
internal sealed partial class SharedLog(IJournal journal, CommitObservers observers, ILogger logger) : IAsyncDisposable
{
    /// <summary>Time between two looks: 50 ms. It is how much later observers hear of what another process has committed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private const int EventsPerLook = 500;

    private readonly SemaphoreSlim _look = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private Task? _following;

    /// <summary>Begins, from the log's end; once begun, does nothing.</summary>
    public void Start()
    {
        lock (_lock)
            _following ??= Task.Run(FollowAsync, CancellationToken.None);
    }

    /// <summary>There is something new.</summary>
    public void Look()
    {
        if (_look.CurrentCount > 0)
            return;
        try
        {
            _look.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has said so.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Task? following;
        lock (_lock)
            following = _following;
        if (following is not null)
            await following;
        _ending.Dispose();
        _look.Dispose();
    }

    private async Task FollowAsync()
    {
        long? told = null;
        var failed = false;
        try
        {
            while (true)
            {
                try
                {
                    told = await TellAsync(told, _ending.Token);
                    failed = false;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    if (!failed) // once for each time that the store is away
                        LogFailed(e);
                    failed = true;
                }

                await _look.WaitAsync(Interval, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The journal closes.
        }
    }

    /// <summary>Tells what is new; gives how far that went. Nobody to tell: what is there is passed over without being read.</summary>
    private async Task<long> TellAsync(long? told, CancellationToken cancellationToken)
    {
        var last = await journal.LastPositionAsync(cancellationToken);
        if (told is not { } after || !observers.Any)
            return last;
        while (after < last)
        {
            var events = await journal.ReadLogAsync(after, EventsPerLook, cancellationToken);
            if (events.Count == 0)
                break;
            observers.Tell(events);
            after = events[^1].Position;
        }

        return after;
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "The log could not be looked at; observers hear later of what others commit")]
    private partial void LogFailed(Exception exception);
}
