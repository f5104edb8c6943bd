using System.Net.Sockets;

namespace Vantage.Protocol.Streaming;

/// <summary>A connection to whoever listens at a Unix socket.</summary>
public static class UnixSocketStream
{
    /// <summary>Disposing the stream hangs up.</summary>
    /// <exception cref="SocketException">Nobody listens there, or this account may not enter.</exception>
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
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
