using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

/// <summary>
/// Gives every event of the log to a handler, in order, at least once, from where the follower of this name stopped last time. Events
/// that this process commits are pushed in memory; the log is read at the start, when the handler falls behind, and at an interval.
/// </summary>
/// <remarks>
/// A batch whose handler fails is tried again for ever and never skipped. The checkpoint is stored some time after the handler succeeded,
/// so that after a crash the handler sees some events again: what it does must bear repeating. Memory is bounded by the options.
/// </remarks>
public sealed partial class LogFollower
{
    private readonly IJournal _journal;
    private readonly string _name;
    private readonly Func<IReadOnlyList<StoredEvent>, CancellationToken, Task> _handler;
    private readonly LogFollowerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly FollowerProgress _progress = new();
    private PushedEvents _pushed;
    private long _stored;
    private long _storedAt;

    /// <summary>Prepares the follower; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="journal">The log to follow.</param>
    /// <param name="name">Under which the checkpoint is stored; one running follower of a name at a time.</param>
    /// <param name="handler">Gets one batch after another, never two at a time.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="timeProvider">The clock of retries, polls and checkpoints.</param>
    /// <param name="loggerFactory">Where failures are logged.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public LogFollower(
        IJournal journal, string name, Func<IReadOnlyList<StoredEvent>, CancellationToken, Task> handler, LogFollowerOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_journal, _name, _handler, _options, _timeProvider) = (journal, name, handler, options, timeProvider);
        _logger = loggerFactory.CreateLogger<LogFollower>();
        _pushed = new PushedEvents(options.PushedEvents);
    }

    /// <summary>The position of the last event that was handled.</summary>
    public long Position => _progress.Position;

    /// <summary>Completes when the event at the position was handled.</summary>
    public Task WaitUntilCaughtUpAsync(long position, CancellationToken cancellationToken) => _progress.WaitForAsync(position, cancellationToken);

    /// <summary>Follows until the token is cancelled, then stores the checkpoint and returns. Runs on the caller's task scheduler. Call once at a time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _pushed = new PushedEvents(_options.PushedEvents);
        using var subscription = _journal.Subscribe(_pushed.Add);
        try
        {
            await RetryAsync(StartAsync, cancellationToken);
            for (var behind = true; ;)
            {
                List<StoredEvent> batch = [];
                await RetryAsync(
                    async token =>
                    {
                        var (next, more) = await NextAsync(behind, token);
                        (batch, behind) = (next, more);
                    },
                    cancellationToken);
                if (batch.Count > 0)
                {
                    await RetryAsync(token => _handler(batch, token), cancellationToken);
                    _progress.Advance(batch[^1].Position);
                    await StoreCheckpointAsync(Due(), cancellationToken);
                }
                else
                {
                    behind = await WaitAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await StoreCheckpointAsync(due: true, CancellationToken.None);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _stored = await _journal.ReadCheckpointAsync(_name, cancellationToken);
        _storedAt = _timeProvider.GetTimestamp();
        _progress.Advance(_stored);
    }

    /// <summary>The next events, and whether the log has to be read again after them.</summary>
    private async Task<(List<StoredEvent> Batch, bool Behind)> NextAsync(bool behind, CancellationToken cancellationToken)
    {
        if (!behind)
        {
            var pushed = _pushed.TakeAfter(Position, _options.BatchEvents, out behind);
            if (!behind)
                return (pushed, false);
        }

        var read = await _journal.ReadLogAsync(Position, _options.BatchEvents, cancellationToken);
        return ([.. read], read.Count == _options.BatchEvents);
    }

    /// <summary>Waits until events are pushed, the log is to be looked at or the checkpoint is to be stored.</summary>
    /// <returns>True when the log is to be read.</returns>
    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var arrived = _pushed.Arrived;
        if (arrived.IsCompleted)
            return false;
        var untilStore = _stored < Position ? _options.CheckpointInterval : (TimeSpan?)null;
        var wait = untilStore is null || _options.PollInterval < untilStore ? _options.PollInterval : untilStore;
        if (wait is null)
        {
            await arrived.WaitAsync(cancellationToken);
            return false;
        }

        using var cancelDelay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait.Value, _timeProvider, cancelDelay.Token);
        var first = await Task.WhenAny(arrived, delay);
        await cancelDelay.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (first == arrived)
            return false;
        await StoreCheckpointAsync(Due(), cancellationToken);
        return _options.PollInterval is not null;
    }

    private bool Due() => Position - _stored >= _options.CheckpointEvents || _timeProvider.GetElapsedTime(_storedAt) >= _options.CheckpointInterval;

    private async Task StoreCheckpointAsync(bool due, CancellationToken cancellationToken)
    {
        var position = Position;
        if (!due || position == _stored)
            return;
        try
        {
            await _journal.WriteCheckpointAsync(_name, position, cancellationToken);
            (_stored, _storedAt) = (position, _timeProvider.GetTimestamp());
        }
        catch (Exception e) when (e is JournalUnavailableException or JournalOutcomeUnknownException)
        {
            // The next checkpoint covers it; until then a crash only repeats more.
            LogCheckpointFailed(_name, position, e);
            _storedAt = _timeProvider.GetTimestamp();
        }
    }

    /// <summary>Tries until it succeeds or the token is cancelled.</summary>
    private async Task RetryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        for (var (wait, failures) = (_options.FirstRetry, 1); ; failures++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await work(cancellationToken);
                return;
            }
            catch (Exception e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LogRetry(_name, Position, failures, wait, e);
            }

            await Task.Delay(wait, _timeProvider, cancellationToken);
            wait = wait * 2 < _options.LongestRetry ? wait * 2 : _options.LongestRetry;
        }
    }

    [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "Follower {Follower} failed after position {Position}, {Failures} times in a row; next try in {Wait}")]
    private partial void LogRetry(string follower, long position, int failures, TimeSpan wait, Exception exception);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "The checkpoint of follower {Follower} at {Position} was not stored")]
    private partial void LogCheckpointFailed(string follower, long position, Exception exception);
}
