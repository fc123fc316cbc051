using System.ComponentModel.DataAnnotations;
using Crowd.Payments;

namespace Crowd.Silo.Hosting;

/// <summary>What a Crowd server is told when it starts.</summary>
public sealed class CrowdOptions
{
    /// <summary>The default database: one SQLite file under <c>data</c> in the working folder.</summary>
    public const string DefaultDatabase = "Data Source=data/crowd.db";

    /// <summary>Connection string: <c>Data Source=…</c> is SQLite, <c>Host=…</c> is PostgreSQL. Default <see cref="DefaultDatabase"/>.</summary>
    [Required]
    public string Database { get; set; } = DefaultDatabase;

    /// <summary>Seed of chance (which task is gold, ids' random part); null for one of the system's. Default null.</summary>
    public int? Seed { get; set; }

    /// <summary>How Stripe is reached; null for the sandbox, which moves no real money. Default null.</summary>
    public StripeOptions? Stripe { get; set; }

    /// <summary>This process's part in a cluster; read only where grains run on Orleans.</summary>
    public ClusterSettings Cluster { get; set; } = new();

    /// <summary>Whether the sandbox's top-ups wait to be paid, as at a checkout. Default false: they are paid at once.</summary>
    public bool SandboxCheckout { get; set; }

    /// <summary>How many of a hundred payments the sandbox loses before or after their effect, or refuses. From 0 to 100; default 0.</summary>
    [Range(0, 100)]
    public int SandboxFaultPercent { get; set; }

    /// <summary>How long the server waits for running calls when it stops. From 0 to 5 minutes; default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);
}
