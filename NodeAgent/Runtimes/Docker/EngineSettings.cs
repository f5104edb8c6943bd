using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>Which engine: <c>docker.socket</c>, or <c>docker.host</c> as the docker command's DOCKER_HOST has it.</summary>
internal static class EngineSettings
{
    private const string Unix = "unix://";
    private const int TlsPort = 2376;
    private static readonly string[] TlsFiles = ["ca", "certificate", "key"];

    public static EngineAddress Read(YamlSection section, string folder)
    {
        var (socket, host) = (section.Text("socket"), section.Text("host"));
        var tls = TlsFiles.ToDictionary(name => name, name => section.Text(name) is { } path ? Path.GetFullPath(path, folder) : null);
        if (socket is not null && host is not null)
        {
            section.Problem("host", "'docker.socket' and 'docker.host' both name the engine: keep one.");
        }

        var engine = socket is not null ? Socket(section, "socket", socket) : Named(section, host, tls);
        if (engine is not EngineAddress.Tls && tls.Values.Any(path => path is not null))
        {
            section.Problem("'docker.ca', 'docker.certificate' and 'docker.key' belong to a 'docker.host' that begins with tcp://.");
        }

        return engine;
    }

    private static EngineAddress Named(YamlSection section, string? host, Dictionary<string, string?> tls)
    {
        if (host is null)
        {
            return DockerSettings.Default.Engine;
        }

        if (host.StartsWith(Unix, StringComparison.Ordinal))
        {
            return Socket(section, "host", host[Unix.Length..]);
        }

        if (host.StartsWith(EngineAddress.NamedPipe.Prefix, StringComparison.Ordinal))
        {
            return new EngineAddress.NamedPipe(host[EngineAddress.NamedPipe.Prefix.Length..]);
        }

        return Tcp(section, host, tls);
    }

    private static EngineAddress Tcp(YamlSection section, string host, Dictionary<string, string?> tls)
    {
        if (!Uri.TryCreate(host, UriKind.Absolute, out var uri) || uri.Scheme != "tcp" || uri.Host.Length == 0 || uri.PathAndQuery is not ("" or "/"))
        {
            section.Problem("host", "'docker.host' is tcp://HOST:2376, unix:///PATH or npipe:////./pipe/NAME.");
            return DockerSettings.Default.Engine;
        }

        if (tls.Values.Any(path => path is null))
        {
            section.Problem("host", "An engine over TCP is spoken to with TLS on both sides only, since who may call it is root there: 'docker.ca' (PEM, who"
                + " signed the engine's certificate), 'docker.certificate' and 'docker.key' (this node's, key of mode 0600) name the files.");
            return DockerSettings.Default.Engine;
        }

        return new EngineAddress.Tls(uri.Host, uri.Port > 0 ? uri.Port : TlsPort, tls["ca"]!, tls["certificate"]!, tls["key"]!);
    }

    private static EngineAddress.UnixSocket Socket(YamlSection section, string key, string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            section.Problem(key, $"'docker.{key}' names the engine's Unix socket by its full path, such as {DockerSettings.DefaultSocket}.");
        }

        return new(path);
    }
}
