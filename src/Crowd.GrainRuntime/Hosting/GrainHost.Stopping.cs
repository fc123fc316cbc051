namespace Crowd.GrainRuntime;

public sealed partial class GrainHost
{
    private const int MostRoundsOfEnding = 10;

    /// <summary>
    /// Refuses new calls from outside, waits for those under way within <see cref="GrainRuntimeOptions.DrainTimeout"/>, ends every activation
    /// within <see cref="GrainRuntimeOptions.DeactivationTimeout"/>, then refuses everything.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when there is no more time: running calls and farewells are given up.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_phase is Phase.Stopped or Phase.Draining) return;
        var started = _phase == Phase.Running;
        _phase = started ? Phase.Draining : Phase.Stopped;
        if (!started) return;
        Reminders.Stop();
        await Deadlines.WhenNoneWaitsAsync(Options.DrainTimeout, Time, CompletionOptions, cancellationToken);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The grain runtime stops.");
        for (var round = 0; round < MostRoundsOfEnding; round++)
        {
            // Farewells may call grains that have ended, which brings them back: hence the rounds.
            var live = Living().ToList();
            if (live.Count == 0) break;
            foreach (var activation in live) activation.Deactivate(reason, cancellationToken);
            var ended = Task.WhenAll(live.Select(static activation => activation.Deactivated));
            // What is still in the midst of a turn when all limits have passed is left behind.
            await Task.WhenAny(ended, Task.Delay(Options.DeactivationTimeout + Options.DeactivationTimeout, Time, cancellationToken));
            if (!ended.IsCompleted) break;
        }

        Close();
    }

    /// <summary>
    /// Stops at once: activations that live are dropped as in a crash (<see cref="Drop(Type, string)"/>). Stop first for a graceful end.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Reminders.Stop();
        Close();
        Metrics.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _phase = Phase.Stopped;
        foreach (var clock in _clocks) clock.Dispose();
        foreach (var activation in Living()) activation.Drop();
        foreach (var call in Deadlines.All()) call.TryFail(new SiloUnavailableException("The grain runtime has stopped."));
    }
}
