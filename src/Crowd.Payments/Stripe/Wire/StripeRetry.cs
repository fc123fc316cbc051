using System.Net;

namespace Crowd.Payments;

/// <summary>When a call is made again, and after how long; the rules of Stripe's libraries, and waiting as long as a reply asks for.</summary>
internal static class StripeRetry
{
    /// <summary>The shortest wait.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait that is not asked for by Stripe.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>If Stripe asks for a longer wait, the caller gets the outcome as it is and comes again later.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Whether a reply with the status is worth another attempt. Stripe's own word counts before the status.</summary>
    public static bool Again(HttpStatusCode status, string? shouldRetry) => shouldRetry switch
    {
        "true" => true,
        "false" => false,
        _ => status is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests || (int)status >= 500,
    };

    /// <summary>
    /// Whether the status is a refusal for good. A conflict is another request of ours under the same key; too many requests, a fault of Stripe's and a key that is not
    /// accepted say nothing of an earlier attempt, which may have had its effect.
    /// </summary>
    public static bool Definite(HttpStatusCode status) => (int)status is >= 400 and < 500
        && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests);

    /// <summary>The wait before the attempt after this one: doubling, at random between half of it and all of it, never less than Stripe asks for.</summary>
    /// <param name="attempt">Attempts made, from 1.</param>
    /// <param name="chance">From 0 to below 1.</param>
    public static TimeSpan Delay(int attempt, double chance, TimeSpan? retryAfter)
    {
        var most = TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt - 1, 10)));
        var delay = most * (0.5 * (1 + chance));
        if (delay < FirstDelay)
            delay = FirstDelay;
        return retryAfter is { } asked && asked > delay ? asked : delay;
    }
}
