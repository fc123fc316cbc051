using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

namespace Crowd.Silo.Hosting;

/// <summary>A process's part in a cluster of silos and clients (built with <c>GrainRuntime=Orleans</c>; see docs/scale.md).</summary>
public sealed class ClusterSettings
{
    /// <summary>Whether grains run in this process; false for a client, which calls those of others. Default false.</summary>
    public bool Member { get; init; }

    /// <summary>The cluster's name, the same for all that belong together. Default <c>crowd</c>.</summary>
    [Required]
    public string Id { get; init; } = "crowd";

    /// <summary>The address that others reach this silo at; null for the first of the machine's. Default null.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port for other silos. Default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The port for clients. Default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>Reads <c>Crowd:Cluster:Member</c>, <c>Id</c>, <c>Address</c>, <c>SiloPort</c> and <c>GatewayPort</c>.</summary>
    /// <param name="setting">The setting of a name; null when it is missing.</param>
    /// <param name="member">What the process is when nothing is said.</param>
    /// <exception cref="FormatException">A setting cannot be read.</exception>
    public static ClusterSettings From(Func<string, string?> setting, bool member)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var usual = new ClusterSettings();
        return new()
        {
            Member = Of("Member") is { } said ? bool.Parse(said) : member,
            Id = Of("Id") ?? usual.Id,
            Address = Of("Address") is { } address ? IPAddress.Parse(address) : null,
            SiloPort = Of("SiloPort") is { } silo ? int.Parse(silo, CultureInfo.InvariantCulture) : usual.SiloPort,
            GatewayPort = Of("GatewayPort") is { } gateway ? int.Parse(gateway, CultureInfo.InvariantCulture) : usual.GatewayPort,
        };

        string? Of(string name) => setting($"Crowd:Cluster:{name}") is { Length: > 0 } value ? value : null;
    }
}
