using System.Diagnostics;

namespace Vantage.Tests.Images;

/// <summary>Debian's <c>docker-registry</c>, on a free port, over a folder of its own.</summary>
public sealed class RealRegistry : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-registry-");
    private Process? process;

    public string Host { get; private set; } = "";

    /// <summary>Where the registry keeps its bytes, for who wants to alter them.</summary>
    internal string Storage => Path.Combine(folder.FullName, "store");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/bin/docker-registry"))
        {
            return;
        }

        var port = FreePort.Next();
        Host = $"127.0.0.1:{port}";
        var config = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(config, $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{Storage}} } }
            http: { addr: 127.0.0.1:{{port}} }
            """);
        process = Process.Start(new ProcessStartInfo("/usr/bin/docker-registry", ["serve", config])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await AnswersAsync();
    }

    /// <summary>Call it first: the test is left out where there is no registry to try.</summary>
    internal void Require() => Assert.SkipWhen(process is null, "no docker-registry here: './build setup' installs it");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var deadline = TimeProvider.System.GetUtcNow().AddSeconds(60); ;)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{Host}/v2/"));
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && TimeProvider.System.GetUtcNow() < deadline)
            {
                await Task.Delay(50);
            }
        }
    }
}
