namespace Crowd.StandIn;

/// <summary>How the stand-in behaves.</summary>
public sealed class StandInOptions
{
    /// <summary>The key that requests must bear.</summary>
    public string ApiKey { get; init; } = "sk_test_standin";

    /// <summary>The secret of the endpoint that gets the platform's own events.</summary>
    public string WebhookSecret { get; init; } = "whsec_standin_platform";

    /// <summary>The secret of the endpoint that gets the connected accounts' events.</summary>
    public string ConnectWebhookSecret { get; init; } = "whsec_standin_connect";

    /// <summary>How long an idempotency key is remembered; afterwards it is a new one. Stripe's own: 24 hours.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Stripe's fee on a charge in hundredths of a percent, rounded up to a minor unit, taken from the platform's balance.</summary>
    public int FeeBasisPoints { get; init; }

    /// <summary>What goes wrong with a request; asked once for each, in order, under a lock. Default: nothing does.</summary>
    public Func<StandInRequest, StandInFault> Fault { get; set; } = static _ => StandInFault.None;

    /// <summary>How many further requests a <see cref="StandInFault.Late"/> one waits for before it has its effect; asked once for each.</summary>
    public Func<int> Lateness { get; set; } = static () => 3;
}

/// <summary>A request as it arrived.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">Without query, unescaped.</param>
/// <param name="Form">The query of a GET, the body of a POST; as sent.</param>
/// <param name="IdempotencyKey">Null without one.</param>
/// <param name="Account">The connected account it is made for, or null.</param>
/// <param name="Authorization">The header, or null.</param>
public sealed record StandInRequest(string Method, string Path, string Form, string? IdempotencyKey, string? Account, string? Authorization);

/// <summary>What the stand-in answers.</summary>
public sealed record StandInReply(int Status, string Body, string RequestId)
{
    /// <summary>The answer to an earlier request under the same key.</summary>
    public bool Replayed { get; init; }

    /// <summary>Stripe's advice, or null.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>Seconds to wait, or null.</summary>
    public int? RetryAfter { get; init; }
}

/// <summary>How a request fails.</summary>
public enum StandInFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>No connection; nothing happened.</summary>
    NoConnection,

    /// <summary>The request never arrives and no answer comes in time; nothing happened.</summary>
    TimeoutBefore,

    /// <summary>It has its effect, and no answer comes in time.</summary>
    TimeoutAfter,

    /// <summary>It has its effect, and the connection is lost before the answer.</summary>
    LostReply,

    /// <summary>It has its effect, and the connection is cut in the middle of the answer's body.</summary>
    CutInBody,

    /// <summary>The connection is lost, and the effect comes later; until then the key is in use.</summary>
    Late,

    /// <summary>Too many requests; nothing happened and nothing is remembered.</summary>
    RateLimited,

    /// <summary>Service unavailable, from before Stripe's own servers: no body of Stripe's, nothing happened and nothing is remembered.</summary>
    Unavailable,

    /// <summary>A fault of Stripe's own before the effect, remembered under the key.</summary>
    ErrorBefore,

    /// <summary>A fault of Stripe's own after the effect, remembered under the key.</summary>
    ErrorAfter,
}
