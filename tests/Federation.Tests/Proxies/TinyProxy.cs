using Federation.Tests.Processes;

namespace Federation.Tests.Proxies;

/// <summary>A real forward proxy that asks for a name and a password (407).</summary>
internal sealed class TinyProxy(ChildProcess process, TemporaryFolder folder, int port) : IAsyncDisposable
{
    public const string User = "hospital";
    public const string Password = "opensesame";

    public Uri Url { get; } = new($"http://127.0.0.1:{port}/");

    /// <param name="connectPorts">Where CONNECT may go; none refuses every tunnel, and with it every upgrade.</param>
    public static async Task<TinyProxy> StartAsync(CancellationToken cancellationToken, params int[] connectPorts)
    {
        var folder = new TemporaryFolder("tinyproxy");
        var port = FreePort.Next();
        var tunnels = connectPorts.Length == 0 ? "ConnectPort 0" : string.Join('\n', connectPorts.Select(p => $"ConnectPort {p}"));
        var configuration = folder.Write("tinyproxy.conf", $"""
            Port {port}
            Listen 127.0.0.1
            Timeout 600
            LogLevel Info
            PidFile "{folder.Path}/tinyproxy.pid"
            MaxClients 100
            Allow 127.0.0.1
            BasicAuth {User} {Password}
            {tunnels}
            """);
        var process = ChildProcess.Start("tinyproxy", ["-d", "-c", configuration]);
        await FreePort.ListeningAsync(port, cancellationToken);
        return new TinyProxy(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
