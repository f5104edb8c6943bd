using System.Net.Sockets;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>
/// The engine's Unix socket: Docker's, rootless Docker's or Podman's. The runs' files are handed over as paths, so the
/// engine is on this machine and no other transport would be of use.
/// </summary>
internal static class EngineSocket
{
    public static SocketsHttpHandler Open(string path) => new()
    {
        ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken),
        // What stands in the environment about proxies is not meant for a socket.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
