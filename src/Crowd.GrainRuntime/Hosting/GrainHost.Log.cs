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

    internal void LogReminderFailed(GrainId grainId, string name, Exception exception) => ReminderFailed(name, grainId, exception);

    internal void LogReminderUnknown(GrainId grainId, string name) => ReminderUnknown(name, grainId);

    [LoggerMessage(1000, LogLevel.Warning, "{GrainId} could not be activated")]
    private partial void ActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1001, LogLevel.Warning, "{GrainId} failed in its deactivation")]
    private partial void DeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "A timer of {GrainId} failed; it goes on")]
    private partial void TimerFailed(GrainId grainId, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "The one-way call {Method} of {GrainId} failed")]
    private partial void OneWayFailed(string method, GrainId grainId, Exception exception);

    [LoggerMessage(1004, LogLevel.Warning, "Reminder {Name} of {GrainId} failed; it is sent again when it is next due")]
    private partial void ReminderFailed(string name, GrainId grainId, Exception exception);

    [LoggerMessage(1005, LogLevel.Warning, "Reminder {Name} of {GrainId} is due, but no grain class takes it; it stays stored")]
    private partial void ReminderUnknown(string name, GrainId grainId);
}
