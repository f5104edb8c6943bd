using System.Net;
using System.Net.Sockets;

namespace Vantage.Protocol.Images.Registry;

/// <summary>
/// Connects to where a registry's redirects point, unless that is inside: this machine, its network, a cloud's metadata
/// service. A name is resolved once and exactly the address that was looked at is connected to, so that an answer can't
/// change in between. Hosts that were named by a person are connected to wherever they are.
/// </summary>
internal sealed class AddressGuard(IReadOnlySet<string> named)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = named.Contains(host) ? found : [.. found.Where(IsPublic)];
        if (allowed.Length == 0)
        {
            throw new ImageException(ImageFault.ImageRegistryUntrusted,
                $"The registry redirects to {host}, which is an address inside a network, not a public one.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        var b = address.GetAddressBytes();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !(b[0] is 0 or 10 or 127 or >= 224
                || (b[0] == 100 && (b[1] & 0xc0) == 64) || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && (b[1] & 0xf0) == 16)
                || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2))) || (b[0] == 198 && (b[1] & 0xfe) == 18)),
            // Only 2000::/3 is given out to the public; 6to4 (2002::) and Teredo (2001::/32) can carry any IPv4 address.
            AddressFamily.InterNetworkV6 => (b[0] & 0xe0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x02)
                && !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0),
            _ => false,
        };
    }
}
