using System.Net.Sockets;
using System.Text;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>
/// The Unix socket by which the admin of this machine reaches the running node. Whoever may enter the state folder, which is
/// the node's account alone, may speak.
/// </summary>
internal static class ControlSocket
{
    /// <summary>What the kernel allows for a socket's path, less the end mark.</summary>
    private const int LongestPath = 107;

    public static void RequireShortPath(NodeHome home)
    {
        var length = Encoding.UTF8.GetByteCount(home.ControlSocket);
        if (length > LongestPath)
        {
            throw CommandFailure.Configuration(
                $"The path {home.ControlSocket} has {length} bytes, and a Unix socket's may have {LongestPath}. Choose a shorter --dir.");
        }
    }

    public static Socket Listen(NodeHome home)
    {
        RequireShortPath(home);

        // Left by an earlier life: this process holds the node's lock, so nobody else listens there.
        File.Delete(home.ControlSocket);
        var socket = New();
        socket.Bind(new UnixDomainSocketEndPoint(home.ControlSocket));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home.ControlSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        socket.Listen();
        return socket;
    }

    public static async Task<Socket> ConnectAsync(NodeHome home, CancellationToken cancellationToken)
    {
        RequireShortPath(home);
        var socket = New();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(home.ControlSocket), cancellationToken);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw e.SocketErrorCode == SocketError.AccessDenied
                ? new CommandFailure(ExitCodes.NotAllowed,
                    $"{home.ControlSocket} belongs to the account that the node runs under. Call this as that account.", e)
                : new CommandFailure(ExitCodes.Conflict,
                    $"No node runs in {home.Root}. Start it with: vantage node run --dir {home.Root}", e);
        }
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
