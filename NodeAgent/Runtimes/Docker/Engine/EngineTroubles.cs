using System.Net.Sockets;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>Says to the node's admin why the engine could not be asked, and what to look at.</summary>
internal static class EngineTroubles
{
    public static EngineException Unreachable(string socket, Exception e) => new(null, Sentence(socket, Cause(e)), e);

    private static string Sentence(string socket, SocketError? cause) => cause switch
    {
        SocketError.AccessDenied =>
            $"This node's account may not use the container engine at {socket}: add it to the group that owns the socket (often 'docker'), or run a rootless engine and name its socket with 'docker.socket' in node.yaml.",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument when !File.Exists(socket) =>
            $"There is no container engine at {socket}: install and start one (Docker, or Podman's service), or name its socket with 'docker.socket' in node.yaml.",
        SocketError.ConnectionRefused => $"Nobody listens at {socket}: start the container engine, or name its socket with 'docker.socket' in node.yaml.",
        _ => $"The container engine at {socket} does not answer: look at the engine's own log. 'docker.socket' in node.yaml names it.",
    };

    private static SocketError? Cause(Exception? e) => e switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => Cause(e.InnerException),
    };
}
