using System.Globalization;

namespace Crowd.Silo.Cluster;

/// <summary>
/// Keeps a silo from committing once the others have taken it for dead: its grains may live elsewhere by then. The condition is looked at in the transaction of every
/// commit, and its row kept from being changed until that is over, so that whatever the silo commits comes before it was declared dead.
/// </summary>
internal sealed class MembershipFence(ILocalSiloDetails silo)
{
    /// <summary><see cref="SiloStatus.Dead"/> as the table holds it.</summary>
    private const int Dead = (int)SiloStatus.Dead;

    /// <summary>True while the silo is written down and not as dead. The text is made of what the silo knows of itself, no input.</summary>
    public string Condition { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        exists (select from orleansmembershiptable where deploymentid = '{silo.ClusterId.Replace("'", "''", StringComparison.Ordinal)}'
            and address = '{silo.SiloAddress.Endpoint.Address}' and port = {silo.SiloAddress.Endpoint.Port} and generation = {silo.SiloAddress.Generation} and status <> {Dead} for share)
        """);
}
