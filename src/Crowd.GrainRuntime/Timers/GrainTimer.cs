namespace Crowd.GrainRuntime;

/// <summary>A timer of an activation: each tick is a call that the activation makes to itself.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _stopped = new();
    private readonly GrainMethod<Func<CancellationToken, Task>> _method;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly Lock _gate = new();
    private readonly ITimer _clock;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changedWhileTicking;
    private bool _disposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _dueTime = options.DueTime;
        _period = options.Period;
        _method = new GrainMethod<Func<CancellationToken, Task>>(static (timer, callback) => callback(((GrainTimer)timer)._stopped.Token))
        {
            Name = $"{activation.Class.Type.Name}.timer",
            AlwaysInterleave = options.Interleave,
            KeepsIdle = !options.KeepAlive,
        };
        _clock = activation.Host.CreateTimer(Tick);
    }

    public void Start()
    {
        lock (_gate) _clock.Change(_dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _dueTime = dueTime;
            _period = period;
            if (_ticking) _changedWhileTicking = true;
            else _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _clock.Dispose();
        }

        _activation.Forget(this);
        _stopped.Cancel();
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_disposed || _ticking) return;
            _ticking = true;
        }

        // An ended activation takes no tick, and its timers are about to be disposed.
        _activation.TryAccept(new TimerTick(this));
    }

    private async Task TickAsync()
    {
        try
        {
            if (!_stopped.IsCancellationRequested) await _method.Invoke(this, _callback);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Asked for by the disposal of the timer.
        }
        catch (Exception e)
        {
            _activation.Host.LogTimerFailed(_activation.GrainId, e);
            if (e is InconsistentStateException) throw;
        }
        finally
        {
            AwaitNext();
        }
    }

    private void AwaitNext()
    {
        lock (_gate)
        {
            _ticking = false;
            var next = _changedWhileTicking ? _dueTime : _period;
            _changedWhileTicking = false;
            if (!_disposed) _clock.Change(next, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One tick in the mailbox. Nobody waits for it, so it knows no time limit.</summary>
    private sealed class TimerTick(GrainTimer timer) : Call(timer._method)
    {
        private Task? _work;

        public override bool HasEnded => timer._stopped.IsCancellationRequested;

        public override void Run()
        {
            _work = timer.TickAsync();
            if (_work.IsCompleted) End();
            else _work.GetAwaiter().UnsafeOnCompleted(End);
        }

        /// <summary>The mailbox is full: this tick is left out.</summary>
        public override bool TryFail(Exception exception)
        {
            timer.AwaitNext();
            return true;
        }

        private void End() => Target!.Finished(this, _work!.Exception?.InnerException);
    }
}
