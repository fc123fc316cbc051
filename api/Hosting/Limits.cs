using System.Threading.RateLimiting;
using Crowd.Api.Access;
using Crowd.Api.Payments;

namespace Crowd.Api.Hosting;

/// <summary>How many requests each caller may make: a bucket of tokens by person, or by address for those not signed in.</summary>
internal sealed class RequestLimits(ApiOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _people = Of(options.RequestsPerSecond, options.RequestBurst);
    private readonly PartitionedRateLimiter<string> _addresses = Of(options.AnonymousRequestsPerSecond, options.RequestBurst);

    /// <summary>Counts a request; says whether it may go on.</summary>
    public bool Allows(Caller caller, HttpContext http)
    {
        if (caller.LimitName is { } person)
            return options.RequestsPerSecond == 0 || Acquire(_people, person);
        return options.AnonymousRequestsPerSecond == 0 || Acquire(_addresses, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
    }

    public void Dispose()
    {
        _people.Dispose();
        _addresses.Dispose();
    }

    private static bool Acquire(PartitionedRateLimiter<string> limiter, string name)
    {
        using var lease = limiter.AttemptAcquire(name);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Of(int perSecond, int burst) => PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetTokenBucketLimiter(name, _ => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, perSecond),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    }));
}

/// <summary>Turns away callers who ask too often.</summary>
internal sealed class LimitMiddleware(RequestDelegate next, RequestLimits limits, ApiOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || context.Request.Path == EventEndpoint.Path || limits.Allows(context.Caller(), context))
            return next(context);
        var most = context.Caller().LimitName is null ? options.AnonymousRequestsPerSecond : options.RequestsPerSecond;
        return Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "RATE_LIMITED", $"At most {most} requests a second: wait a little and send it again.");
    }
}
