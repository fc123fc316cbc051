using System.ComponentModel.DataAnnotations;

namespace Crowd.Payments;

/// <summary>How Stripe is reached. Neither keys nor secrets appear in logs or in this object's text.</summary>
public sealed class StripeOptions : IValidatableObject
{
    /// <summary>Stripe's own address.</summary>
    public const string StripeApi = "https://api.stripe.com";

    /// <summary>The setting with Stripe's key; without it the sandbox is the provider.</summary>
    public const string ApiKeySetting = "STRIPE_API_KEY";

    /// <summary>The setting with the webhook endpoints' secrets, separated by commas.</summary>
    public const string WebhookSecretsSetting = "STRIPE_WEBHOOK_SECRETS";

    /// <summary>The setting with another address than Stripe's own, for tests.</summary>
    public const string ApiBaseSetting = "STRIPE_API_BASE";

    /// <summary>The secret or restricted key: <c>sk_live_…</c>, <c>sk_test_…</c>, <c>rk_…</c>. Setting <see cref="ApiKeySetting"/>.</summary>
    [Required]
    [RegularExpression("^(sk|rk)_(test|live)_[A-Za-z0-9_]{1,240}$", ErrorMessage = "The key of Stripe must begin with sk_test_, sk_live_, rk_test_ or rk_live_.")]
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// Secrets of the webhook endpoints, each <c>whsec_…</c>: that of the platform's own events, that of the connected accounts', and during a rotation the old ones too.
    /// Setting <see cref="WebhookSecretsSetting"/>. From 1 to 10.
    /// </summary>
    [Required]
    [Length(1, 10)]
    public IReadOnlyList<string> WebhookSecrets { get; set; } = [];

    /// <summary>Where the API is: origin only. Https, or http on this machine. Setting <see cref="ApiBaseSetting"/>; default <see cref="StripeApi"/>.</summary>
    [Required]
    public string ApiBase { get; set; } = StripeApi;

    /// <summary>How long one attempt may take. From 1 to 120 seconds; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts of one call, the first included. From 1 to 10; default 4.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>How old a webhook's signature may be. From 1 second to 1 hour; default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SignatureTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the settings; null when there is no key, and then the sandbox is the provider.</summary>
    /// <param name="setting">The value of a setting, or null.</param>
    public static StripeOptions? From(Func<string, string?> setting) => string.IsNullOrWhiteSpace(setting(ApiKeySetting)) ? null : new()
    {
        ApiKey = setting(ApiKeySetting)!.Trim(),
        WebhookSecrets = setting(WebhookSecretsSetting)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        ApiBase = setting(ApiBaseSetting) is { Length: > 0 } address ? address : StripeApi,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var address) || address.AbsolutePath != "/" || address.Query.Length > 0 || address.UserInfo.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return new("The address of Stripe must be an https origin, or an http one on this machine.", [nameof(ApiBase)]);
        }

        foreach (var secret in WebhookSecrets ?? [])
        {
            if (!secret.StartsWith("whsec_", StringComparison.Ordinal) || secret.Any(char.IsWhiteSpace))
                yield return new("A webhook secret must begin with whsec_ and have no spaces.", [nameof(WebhookSecrets)]);
        }
    }

    public override string ToString() => nameof(StripeOptions);
}
