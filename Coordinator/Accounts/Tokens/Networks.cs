using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>Addresses and networks as people write them: <c>192.0.2.7</c>, <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>.</summary>
internal static class Networks
{
    public const string Rule = "addresses or networks such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32; a network begins at its first address";

    public static bool TryParse(string? text, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = null;
        if (text is null || text.Length > 60 || text.Contains('%'))
            return false;
        // The framework reads 10.1 as 10.0.0.1, and 010.0.0.1 in octal: nobody who writes that means it.
        if (IPAddress.TryParse(text, out var address) && string.Equals(address.ToString(), text, StringComparison.OrdinalIgnoreCase))
            network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        else if (IPNetwork.TryParse(text, out var parsed) && string.Equals(parsed.ToString(), text, StringComparison.OrdinalIgnoreCase))
            network = parsed;
        // Connections from such addresses are compared as IPv4, so that a rule for them would hold for nobody.
        return network is { } found && !found.BaseAddress.IsIPv4MappedToIPv6;
    }

    /// <summary>Is every address of <paramref name="inner"/> one of <paramref name="outer"/>?</summary>
    public static bool Within(IPNetwork inner, IPNetwork outer) =>
        inner.BaseAddress.AddressFamily == outer.BaseAddress.AddressFamily && inner.PrefixLength >= outer.PrefixLength
        && outer.Contains(inner.BaseAddress);
}
