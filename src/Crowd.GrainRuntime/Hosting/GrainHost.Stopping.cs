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
        await Deadlines.WhenNoneWaitsAsync(Options.DrainTimeout, Time, cancellationToken);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The grain runtime stops.");
        for (var round = 0; round < MostRoundsOfEnding; round++)
        {
            // Farewells may call grains that have ended, which brings them back: hence the rounds.
            var live = Manifest.Classes.SelectMany(static grainClass => grainClass.Activations).ToList();
            if (live.Count == 0) break;
            foreach (var activation in live) activation.Deactivate(reason, cancellationToken);
            await Task.WhenAll(live.Select(static activation => activation.Deactivated));
        }

        _phase = Phase.Stopped;
        foreach (var clock in _clocks) await clock.DisposeAsync();
        foreach (var call in Deadlines.All()) call.TryFail(new SiloUnavailableException("The grain runtime has stopped."));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
    }
}
