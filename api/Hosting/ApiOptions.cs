using System.ComponentModel.DataAnnotations;

namespace Crowd.Api.Hosting;

/// <summary>Limits and switches of the API, from the configuration's section <c>Crowd</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Requests a signed-in caller may make in a second, over time. Default 300, as many as others allow; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 300;

    /// <summary>Requests that a caller may make at once beyond the rate. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 600;

    /// <summary>Requests in a second from an address nobody signed in from. Default 50; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int AnonymousRequestsPerSecond { get; set; } = 50;

    /// <summary>Tries to sign in or up from one address in a minute. Default 30; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 30;

    /// <summary>How long a browser's session lasts. From 5 minutes to 90 days; default 14 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00")]
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Largest body of a bulk import in bytes. Default 4 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long ImportBytes { get; set; } = 4L << 30;

    /// <summary>Most bad lines that an import's report names; it counts the others. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int ReportedLines { get; set; } = 1_000;

    /// <summary>Entries of the log that one page of the audit trail looks through for what has no index. Default 200,000.</summary>
    [Range(1, 100_000_000)]
    public int AuditReach { get; set; } = 200_000;

    /// <summary>Where people reach this server, for coming back from the payment provider. Default http://localhost:5080.</summary>
    [Required]
    public Uri PublicUrl { get; set; } = new(Server.DefaultUrl);

    /// <summary>Without a key of Stripe's: whether top-ups wait to be paid in the sandbox, as at a checkout, until an administrator says so. Default false: paid at once.</summary>
    public bool SandboxCheckout { get; set; }

    /// <summary>Without a key of Stripe's: how many of a hundred payments the sandbox loses or refuses. From 0 to 100; default 0.</summary>
    [Range(0, 100)]
    public int SandboxFaultPercent { get; set; }

    /// <summary>Whether clients may read the GraphQL schema. Default: only in development.</summary>
    public bool? Introspection { get; set; }

    /// <summary>Folder of the built browser client; null for <c>wwwroot</c> beside the executable. Without a client there the API is served alone.</summary>
    public string? WebClient { get; set; }

    /// <summary>E-mail address of the first administrator, made at the start if there is none; null for none.</summary>
    public string? AdministratorEmail { get; set; }

    /// <summary>The first administrator's password.</summary>
    public string? AdministratorPassword { get; set; }
}
