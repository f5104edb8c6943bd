using System.Net;
using System.Net.Sockets;

namespace Vantage.NodeAgent.Egress;

/// <summary>
/// Which addresses a name may stand for. Only what is the open Internet; the site's own networks where its policy says so
/// of that place; and what no study can mean, such as a cloud's metadata service, never.
/// </summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] Own = Parse(
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "::1/128");

    /// <summary>Within the blocks above, or the open Internet, and never anybody's service.</summary>
    private static readonly IPNetwork[] Metadata = Parse("169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::/32");

    /// <summary>IANA's registries of special addresses, as far as they are not <see cref="Own"/>.</summary>
    private static readonly IPNetwork[] Special = Parse(
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    /// <summary>Null if it may be connected to, else why not.</summary>
    /// <param name="address">What a name stood for when it was asked.</param>
    /// <param name="mayBePrivate">The policy says that this place lies in the site's own network.</param>
    public static string? Objection(IPAddress address, bool mayBePrivate)
    {
        return address switch
        {
            { IsIPv4MappedToIPv6: true } => "is an IPv4 address in the guise of an IPv6 one",
            _ when In(Metadata, address) => "is link-local or a cloud's metadata service",
            _ when In(Own, address) => mayBePrivate ? null : "lies in a private network",
            _ when In(Special, address) => "is reserved",
            { AddressFamily: AddressFamily.InterNetwork } => null,
            { AddressFamily: AddressFamily.InterNetworkV6 } when Global6.Contains(address) && address.ScopeId == 0 => null,
            _ => "is reserved",
        };
    }

    private static bool In(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
