using Vantage.Client.Errors;
using Vantage.Protocol.Streaming;

namespace Vantage.Cli.Engines;

/// <summary>The container engine on this machine, for what a person does with it before any node comes into it.</summary>
internal static class EngineSocket
{
    /// <summary>Rootless engines and Podman have theirs elsewhere: $DOCKER_HOST names it, as for their own programs.</summary>
    private const string Default = "/var/run/docker.sock";

    public static string Address()
    {
        const string scheme = "unix://";
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        return host is null or "" ? Default
            : host.StartsWith(scheme, StringComparison.Ordinal) ? host[scheme.Length..]
            : throw new VantageException(ClientErrorCodes.Unreachable, $"DOCKER_HOST is '{host}'; only unix:// addresses are understood here.",
                "Use an engine on this machine, or for pushing write the image to a file (docker save).");
    }

    public static HttpClient Open(string socket) => new(new SocketsHttpHandler { ConnectCallback = (_, cancel) => UnixSocketStream.ConnectAsync(socket, cancel) })
    {
        BaseAddress = new Uri("http://engine/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
