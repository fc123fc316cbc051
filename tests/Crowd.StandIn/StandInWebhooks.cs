using System.Security.Cryptography;
using System.Text;

namespace Crowd.StandIn;

/// <summary>
/// Events on their way. Which comes next, which comes twice and which never comes is drawn from the random source, not from time: delivery takes any of
/// those that wait.
/// </summary>
public sealed class StandInWebhooks
{
    private static readonly TimeSpan LateFrom = TimeSpan.FromMinutes(10);

    private readonly StandInOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly List<(string Id, string Type, string? Account, string Body, DateTimeOffset At, bool Again)> _waiting = [];

    internal StandInWebhooks(StandInOptions options, TimeProvider time, Random random) => (_options, _time, _random) = (options, time, random);

    /// <summary>The probability that a delivered event waits for being delivered once more. From 0 to below 1; default 0.</summary>
    public double Twice { get; set; }

    /// <summary>The probability that an event is never delivered, only found in the list of events. Default 0.</summary>
    public double Never { get; set; }

    /// <summary>Whether any of the waiting events may come next; false for the order in which they happened. Default true.</summary>
    public bool OutOfOrder { get; set; } = true;

    /// <summary>Deliveries that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Deliveries made so far.</summary>
    public int Delivered { get; private set; }

    /// <summary>Deliveries of what had been delivered before.</summary>
    public int Repeated { get; private set; }

    /// <summary>Deliveries that overtook an earlier event.</summary>
    public int Overtaking { get; private set; }

    /// <summary>Deliveries more than ten minutes after the event.</summary>
    public int Late { get; private set; }

    /// <summary>Events that were never delivered.</summary>
    public int Unsent { get; private set; }

    /// <summary>The next delivery, signed now; null when none waits.</summary>
    public StandInDelivery? Next()
    {
        if (_waiting.Count == 0)
            return null;
        var index = OutOfOrder ? _random.Next(_waiting.Count) : 0;
        var (id, type, account, body, at, again) = _waiting[index];
        if (_random.NextDouble() >= Twice)
            _waiting.RemoveAt(index);
        else
            _waiting[index] = (id, type, account, body, at, true);
        Delivered++;
        Repeated += again ? 1 : 0;
        Overtaking += index > 0 ? 1 : 0;
        Late += _time.GetUtcNow() - at > LateFrom ? 1 : 0;
        var bytes = Encoding.UTF8.GetBytes(body);
        return new(id, type, account, bytes, Sign(bytes, account is null ? _options.WebhookSecret : _options.ConnectWebhookSecret, _time.GetUtcNow()));
    }

    internal void Add(string id, string type, string? account, string body)
    {
        if (_random.NextDouble() >= Never)
            _waiting.Add((id, type, account, body, _time.GetUtcNow(), false));
        else
            Unsent++;
    }

    private static string Sign(byte[] body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}

/// <summary>An event as it is sent to the webhook endpoint.</summary>
/// <param name="Account">The connected account it is of; null for the platform's own.</param>
/// <param name="Body">The raw body; own it.</param>
/// <param name="Signature">The <c>Stripe-Signature</c> header.</param>
public sealed record StandInDelivery(string EventId, string Type, string? Account, byte[] Body, string Signature);
