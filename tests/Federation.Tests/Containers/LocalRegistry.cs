using Federation.Tests.Processes;

namespace Federation.Tests.Containers;

/// <summary>A real registry on this machine, with nothing in it.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private readonly ChildProcess process;

    private LocalRegistry(ChildProcess process, string host) => (this.process, Host) = (process, host);

    public string Host { get; }

    /// <param name="folder">For all that it keeps.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<LocalRegistry> StartAsync(TemporaryFolder folder, CancellationToken stop)
    {
        var host = $"127.0.0.1:{FreePort.Next()}";
        var registry = new LocalRegistry(ChildProcess.Start("docker-registry", ["serve", folder.Write("registry.yml", $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder.Sub("store")}} } }
            http: { addr: "{{host}}" }
            """)]), host);
        using var client = new HttpClient();
        for (var left = 600; ; left--)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{host}/v2/"), stop);
                return registry;
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
