using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Reactors;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Hosting;

/// <summary>The rounds of keeper and reconciler, one after another.</summary>
internal sealed partial class Rounds(Keeper keeper, Reconciler reconciler, TimeProvider time, ILogger<Rounds> logger)
{
    /// <summary>Makes rounds until the token fires; one that fails does not keep the next from being made.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Keeper.Interval, time);
        try
        {
            do
            {
                try
                {
                    await keeper.RunAsync(ending);
                    await reconciler.RunIfDueAsync(ending);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogRound(e);
                }
            }
            while (await timer.WaitForNextTickAsync(ending));
        }
        catch (OperationCanceledException)
        {
            // Ends with the role or the server.
        }
    }

    [LoggerMessage(3004, LogLevel.Warning, "A round of the keeper failed; the next one tries again.")]
    private partial void LogRound(Exception exception);
}
