using System.Net;

namespace Crowd.Api.Webhooks;

/// <summary>Tells addresses of the public internet from those of private networks, of the machine itself and of special use (RFC 6890).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Special = Array.ConvertAll(
        (string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ], IPNetwork.Parse);

    /// <summary>What IPv6 has given out for the public; addresses that carry an IPv4 address inside lie outside of it or are listed above.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the server may call the address at the wish of a stranger.</summary>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !Global.Contains(plain))
            return false;
        return !Special.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>What is wrong with calling the URL; null when nothing is. A name is looked up when it is called, since it may lead elsewhere by then.</summary>
    public static string? Objection(Uri url, bool allowPrivate)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (allowPrivate)
            return null;
        if (url.Scheme != Uri.UriSchemeHttps)
            return "give an address that begins with https://.";
        var name = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(name, out var address) ? !IsPublic(address) : !name.Contains('.', StringComparison.Ordinal) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return "give an address of the public internet: private networks and this machine are not called.";
        return null;
    }
}
