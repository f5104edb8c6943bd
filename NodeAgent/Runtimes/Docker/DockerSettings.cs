using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>The <c>docker:</c> of node.yaml. Whether anything may run there is the policy's to say.</summary>
/// <param name="Socket">The engine's Unix socket: Docker's, rootless Docker's or Podman's.</param>
internal sealed record DockerSettings(string Socket)
{
    public static DockerSettings Default { get; } = new("/var/run/docker.sock");

    public static DockerSettings Read(YamlSection? section)
    {
        if (section is null)
        {
            return Default;
        }

        var socket = section.Text("socket") ?? Default.Socket;
        if (!Path.IsPathFullyQualified(socket))
        {
            section.Problem("socket", "'docker.socket' is the full path of the engine's Unix socket, such as /var/run/docker.sock. An engine "
                + "on another machine can't be used: runs hand their files over by path.");
        }

        section.Done();
        return new(socket);
    }
}
