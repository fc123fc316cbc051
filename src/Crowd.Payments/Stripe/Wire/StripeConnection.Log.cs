using Microsoft.Extensions.Logging;

namespace Crowd.Payments;

// Paths hold Stripe's ids, never keys, bodies or personal data.
internal sealed partial class StripeConnection
{
    [LoggerMessage(7101, LogLevel.Debug, "Stripe {Method} {Path}: {Status}, request {RequestId}.")]
    private static partial void LogDone(ILogger logger, string method, string path, int status, string requestId);

    [LoggerMessage(7102, LogLevel.Warning, "Stripe {Method} {Path}: {Status} {Error}, request {RequestId}.")]
    private static partial void LogError(ILogger logger, string method, string path, int status, string error, string requestId);

    [LoggerMessage(7103, LogLevel.Warning, "Stripe {Method} {Path}: no answer ({Error}).")]
    private static partial void LogLost(ILogger logger, string method, string path, string error);

    [LoggerMessage(7104, LogLevel.Warning, "Stripe {Method} {Path}: {Status} with a body that cannot be read, request {RequestId}.")]
    private static partial void LogUnreadable(ILogger logger, string method, string path, int status, string requestId);

    [LoggerMessage(7105, LogLevel.Information, "Stripe {Method} {Path}: again after attempt {Attempt}, in {DelayMilliseconds} ms.")]
    private static partial void LogAgain(ILogger logger, string method, string path, int attempt, double delayMilliseconds);
}
