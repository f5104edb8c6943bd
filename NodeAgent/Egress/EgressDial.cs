using System.Net;
using System.Net.Sockets;
using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Egress;

/// <summary>How a place could be reached, or why not.</summary>
internal abstract record Dialled
{
    private Dialled() { }

    public sealed record Connected(Socket Socket) : Dialled;

    public sealed record Forbidden(string Why) : Dialled;

    public sealed record Failed(string Why) : Dialled;
}

/// <summary>
/// Asks for a granted name once, looks at every address that it stands for, and connects to exactly those: a name that
/// means something else a moment later gains nothing.
/// </summary>
internal sealed class EgressDial(Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    private const int Most = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static EgressDial Real { get; } = new(Dns.GetHostAddressesAsync, TimeProvider.System);

    public async Task<Dialled> ConnectAsync(EgressGrant place, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            var addresses = IPAddress.TryParse(place.Host, out var literal) ? [literal] : await resolve(place.Host, either.Token);
            // One bad one among good ones is a trick, or a mistake that its owner should hear of.
            return addresses.Select(address => AddressRules.Objection(address, place.Private)).FirstOrDefault(why => why is not null) is { } objection
                ? new Dialled.Forbidden($"'{place.Host}' stands for an address that {objection}")
                : await FirstAsync(addresses, place.Port, either.Token);
        }
        catch (SocketException e)
        {
            return new Dialled.Failed($"'{place.Host}' can't be reached ({e.SocketErrorCode})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Dialled.Failed($"'{place.Host}' does not answer");
        }
    }

    private static async Task<Dialled> FirstAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var last = SocketError.HostNotFound;
        foreach (var address in addresses.Take(Most))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellationToken);
                return new Dialled.Connected(socket);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e.SocketErrorCode;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new SocketException((int)last);
    }
}
