using Orleans.Runtime;

namespace Crowd.Silo.Cluster;

/// <summary>
/// Makes a client's call again when the silo that had it went away, told or untold, or when its grain had to read its state again: every command has one effect however often it comes
/// (DESIGN section 6), so that a silo may stop or die without a request being refused.
/// </summary>
internal sealed class CallAgain(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>How long a call is made again. Longer than the cluster needs to find that a silo is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var begun = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (IsPassing(e) && time.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(wait, time);
            }
        }
    }

    /// <summary>Whether the same call may go well in a moment.</summary>
    internal static bool IsPassing(Exception exception) => exception is
        SiloUnavailableException or OrleansMessageRejectionException or GatewayTooBusyException or ClientNotAvailableException or Orleans.Runtime.Messaging.ConnectionFailedException
        or TimeoutException or InconsistentStateException or Journal.JournalUnavailableException;
}
