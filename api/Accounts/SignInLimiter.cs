using System.Threading.RateLimiting;
using Crowd.Api.Hosting;
using Crowd.GraphQL;

namespace Crowd.Api.Accounts;

/// <summary>Keeps guessing of passwords slow: so many tries a minute from one address.</summary>
public sealed class SignInLimiter(ApiOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _limiter = options.SignInsPerMinute == 0 ? null : PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new()
        {
            PermitLimit = options.SignInsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    /// <summary>Counts a try from the request's address.</summary>
    public void Count(HttpContext http)
    {
        if (_limiter is null)
            return;
        using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        if (!lease.IsAcquired)
            throw new GraphQLException($"Too many tries from this address: at most {options.SignInsPerMinute} a minute. Wait a little.", "RATE_LIMITED");
    }

    public void Dispose() => _limiter?.Dispose();
}
