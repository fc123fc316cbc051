namespace Crowd.GrainRuntime;

internal sealed partial class Activation
{
    private readonly HashSet<GrainTimer> _timers = [];
    private DeactivationReason _reason;
    private CancellationTokenSource? _limit;
    private volatile bool _isLost;
    private bool _endBegun;
    private bool _usedSinceLook = true;
    private DateTimeOffset _idleSince;
    private DateTimeOffset _keepUntil;

    /// <summary>Whether the activation was dropped: whoever waits for its code waits in vain.</summary>
    public bool IsLost => _isLost;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool neverBegun;
        lock (_gate)
        {
            neverBegun = _stage == Stage.New;
            if (neverBegun) _stage = Stage.Ended;
            Drain(deactivationReason);
            if (_running == 0 && _activated) BeginEnd();
        }

        if (neverBegun)
        {
            Class.Remove(this);
            _deactivated.TrySetResult();
        }
        else
        {
            cancellationToken.UnsafeRegister(static self => ((Activation)self!).GiveUp(), this);
        }
    }

    public void DelayDeactivation(TimeSpan time)
    {
        lock (_gate) _keepUntil = time > TimeSpan.Zero ? Host.Time.GetUtcNow() + time : default;
    }

    /// <summary>The collector's look: ends the activation if nothing has used it for the given time.</summary>
    public void CollectIfIdle(DateTimeOffset now, TimeSpan age)
    {
        lock (_gate)
        {
            if (_stage != Stage.Active || _running > 0) return;
            if (_usedSinceLook)
            {
                _usedSinceLook = false;
                _idleSince = now;
            }

            if (now - _idleSince < age || now < _keepUntil) return;
            Drain(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"No call for {age}."));
            BeginEnd();
        }
    }

    /// <summary>Loses the activation as a crash would: nothing of it runs any more, its callers get an exception.</summary>
    public bool Drop()
    {
        List<Call> moved;
        lock (_gate)
        {
            if (_stage == Stage.Ended) return false;
            _stage = Stage.Ended;
            _isLost = true;
            _turns.Stop();
            moved = [.. _waiting];
            _waiting.Clear();
        }

        Host.Metrics.Queued(-moved.Count);
        Class.Remove(this);
        StopTimers();
        foreach (var call in Host.Deadlines.Of(this).Union(moved)) call.TryFail(Lost());
        _limit?.Dispose();
        if (_activated) Host.Metrics.Ended(Class);
        _deactivated.TrySetResult();
        return true;
    }

    public SiloUnavailableException Lost() => new($"{GrainId} was dropped.");

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (_gate)
        {
            if (_stage == Stage.Ended) throw new InvalidOperationException($"{GrainId} has ended.");
            _timers.Add(timer);
        }

        timer.Start();
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    private void Drain(DeactivationReason reason)
    {
        if (_stage >= Stage.Draining) return;
        _stage = Stage.Draining;
        _reason = reason;
        // Bounds both the wait for running calls and the grain's own farewell.
        _limit = new CancellationTokenSource(Host.Options.DeactivationTimeout, Host.Time);
        _limit.Token.UnsafeRegister(static self => ((Activation)self!).GiveUp(), this);
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            if (_stage == Stage.Draining) BeginEnd();
        }

        _ending.Cancel();
    }

    private void BeginEnd()
    {
        if (_endBegun) return;
        _endBegun = true;
        _turns.Post(new EndTurn(this));
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        if (_activated)
        {
            var grain = (IGrainBase)GrainInstance!;
            try
            {
                await grain.OnDeactivateAsync(_reason, _ending.Token).WaitAsync(_ending.Token);
            }
            catch (Exception e)
            {
                Host.LogDeactivationFailed(GrainId, e);
            }

            Host.Metrics.Ended(Class);
        }

        await EndAsync(null);
    }

    /// <summary>Takes the activation out of the way, then lets the waiting calls fail, or find the next one.</summary>
    private async Task EndAsync(Exception? failure)
    {
        Call[] waiting;
        lock (_gate)
        {
            if (_stage == Stage.Ended) return;
            _stage = Stage.Ended;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        Host.Metrics.Queued(-waiting.Length);
        Class.Remove(this);
        StopTimers();
        _limit?.Dispose();
        // A grain that ends whenever it has come to life would hand its callers on for ever.
        if (!_hasServed) failure ??= new SiloUnavailableException($"{GrainId} ended before it took a call.");
        if (failure is null)
        {
            foreach (var call in Host.Deadlines.Of(this).Except(waiting))
            {
                call.TryFail(new SiloUnavailableException($"{GrainId} ended before the call did ({nameof(GrainRuntimeOptions.DeactivationTimeout)})."));
            }

            foreach (var call in waiting.Where(call => !call.HasEnded)) Host.Deliver(call, Class, Key);
        }
        else
        {
            foreach (var call in waiting) call.TryFail(failure);
        }

        await DisposeScopeAsync();
        _deactivated.TrySetResult();
    }

    private async Task DisposeScopeAsync()
    {
        try
        {
            if (_scope is { } scope) await scope.DisposeAsync();
        }
        catch (Exception e)
        {
            Host.LogDeactivationFailed(GrainId, e);
        }
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate) timers = [.. _timers];
        foreach (var timer in timers) timer.Dispose();
    }

    private sealed class EndTurn(Activation activation) : ITurn
    {
        public void Run() => _ = activation.DeactivateAsync();
    }
}
