using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>Says to the node's admin why the engine could not be asked, and what to look at.</summary>
internal static class EngineTroubles
{
    public static EngineException Unreachable(EngineAddress address, Exception e) => new(null, address switch
    {
        EngineAddress.UnixSocket unix => Sentence(unix.Path, Find<SocketException>(e)?.SocketErrorCode),
        EngineAddress.Tls tls => Sentence(tls, e),
        _ => $"The container engine at {address.Text} does not answer: start it, or name another with 'docker.host' in node.yaml.",
    }, e);

    private static string Sentence(string socket, SocketError? cause) => cause switch
    {
        SocketError.AccessDenied =>
            $"This node's account may not use the container engine at {socket}: add it to the group that owns the socket (often 'docker'), or run a rootless engine and name its socket with 'docker.socket' in node.yaml.",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument when !File.Exists(socket) =>
            $"There is no container engine at {socket}: install and start one (Docker, or Podman's service), or name its socket with 'docker.socket' in node.yaml.",
        SocketError.ConnectionRefused => $"Nobody listens at {socket}: start the container engine, or name its socket with 'docker.socket' in node.yaml.",
        _ => $"The container engine at {socket} does not answer: look at the engine's own log. 'docker.socket' in node.yaml names it.",
    };

    private static string Sentence(EngineAddress.Tls address, Exception e)
    {
        if (Find<KeyFileException>(e) is { } key)
        {
            return $"This node can't show the engine at {address.Text} who it is: {key.Message} 'docker.key' in node.yaml names the file.";
        }

        if (Find<CryptographicException>(e) is { } file)
        {
            return $"The TLS files for the engine at {address.Text} can't be used: {file.Message} 'docker.ca', 'docker.certificate' and 'docker.key' in node.yaml name PEM files.";
        }

        if (Find<AuthenticationException>(e) is { } refused)
        {
            return $"The engine at {address.Text} is not believed, or does not believe this node: {refused.Message} 'docker.ca' has to hold who signed"
                + " the engine's certificate for exactly this host, and the engine's --tlscacert who signed 'docker.certificate'.";
        }

        return Find<SocketException>(e) is { } socket
            ? $"The container engine at {address.Text} can't be reached ({socket.SocketErrorCode}): start it with --tlsverify, or correct 'docker.host' in node.yaml."
            : $"The container engine at {address.Text} hung up: it has to speak TLS and to accept 'docker.certificate' (--tlsverify, --tlscacert). Plain TCP is not spoken.";
    }

    private static T? Find<T>(Exception? e)
        where T : Exception => e switch
        {
            null => null,
            T found => found,
            _ => Find<T>(e.InnerException),
        };
}
