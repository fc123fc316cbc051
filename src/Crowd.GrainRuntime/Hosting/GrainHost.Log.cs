using Microsoft.Extensions.Logging;

namespace Crowd.GrainRuntime;

public sealed partial class GrainHost
{
    internal void LogFailure(Task call, GrainMethod method, GrainId grainId)
    {
        _ = call.ContinueWith(
            failed => OneWayFailed(method.Name, grainId, failed.Exception!.InnerException!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    internal void LogActivationFailed(GrainId grainId, Exception exception) => ActivationFailed(grainId, exception);

    internal void LogDeactivationFailed(GrainId grainId, Exception exception) => DeactivationFailed(grainId, exception);

    internal void LogTimerFailed(GrainId grainId, Exception exception) => TimerFailed(grainId, exception);

    [LoggerMessage(1000, LogLevel.Warning, "{GrainId} could not be activated")]
    private partial void ActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1001, LogLevel.Warning, "{GrainId} failed in its deactivation")]
    private partial void DeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "A timer of {GrainId} failed; it goes on")]
    private partial void TimerFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "The one-way call {Method} of {GrainId} failed")]
    private partial void OneWayFailed(string method, GrainId grainId, Exception exception);
}
