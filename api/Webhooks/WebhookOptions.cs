using System.ComponentModel.DataAnnotations;

namespace Crowd.Api.Webhooks;

/// <summary>How events are sent to organisations, from the configuration's section <c>Crowd:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// Whether addresses inside private networks and without TLS are called. Default false: otherwise whoever makes a webhook could have the server call its
    /// own network. For development and tests.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver has to answer. 1 second to 1 minute; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after the first failure; it doubles with every further one. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After failing for so long a webhook is disabled. Default 3 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "30.00:00:00")]
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Most deliveries that may wait for one webhook; beyond, it is disabled. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MostWaiting { get; set; } = 1_000_000;

    /// <summary>How long the log of deliveries is kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepDeliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The wait after so many failures.</summary>
    /// <param name="failures">1 or more.</param>
    public TimeSpan RetryAfter(int failures)
    {
        const int MostDoublings = 30;
        var wait = FirstRetry * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return wait < LongestRetry ? wait : LongestRetry;
    }
}
