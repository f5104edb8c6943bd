using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Far;

/// <summary>A second, real engine: on TLS, with a file system of its own, with user namespaces. For these tests alone.</summary>
public sealed class FarEngine : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-far-");
    // A bridge of its own, never used: with none, an engine takes the host's own away.
    private readonly string bridge = "vtgt" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
    private readonly ProbeImage images = new();
    private Process? process;
    private int port;

    /// <summary>Why there is none; null if there is.</summary>
    public string? Lacks { get; private set; } = Missing();

    public string Image => images.Id;

    public string Mean => images.Mean;

    internal TestEngine Open() => new(Address());

    internal EngineAddress.Tls Address(string authority = "ca.pem", string certificate = "node") =>
        new("127.0.0.1", port, Pki(authority), Pki(certificate + ".pem"), Pki(certificate + ".key"));

    internal void Require() => Assert.SkipUnless(Lacks is null, Lacks ?? "");

    public async ValueTask InitializeAsync()
    {
        if (Lacks is not null)
        {
            return;
        }

        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await IpAsync("link", "add", bridge, "type", "bridge");
        process = Process.Start(new ProcessStartInfo("unshare",
            ["--mount", "--propagation", "private", "sh", Checkout.PathOf("tests/Vantage.Tests/NodeAgent/Runtimes/Docker/Far/engine.sh"), folder.FullName, $"{port}", bridge])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await AnswersAsync(said);
        using var engine = Open();
        await images.LoadAsync(engine);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            using (var term = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                await term.WaitForExitAsync();
            }

            await process.WaitForExitAsync();
            process.Dispose();
            await IpAsync("link", "delete", bridge);
        }

        folder.Delete(recursive: true);
    }

    private async Task AnswersAsync(List<string> said)
    {
        for (var left = 150; ; left--)
        {
            try
            {
                using var engine = Open();
                await engine.Client.VersionAsync(CancellationToken.None);
                return;
            }
            catch (EngineException) when (left > 0 && !process!.HasExited)
            {
                await Task.Delay(200);
            }
            catch (EngineException e)
            {
                throw new InvalidOperationException(string.Join('\n', said.TakeLast(5)), e);
            }
        }
    }

    private string Pki(string file) => Path.Combine(folder.FullName, "pki", file);

    private static string? Missing() => !File.Exists("/usr/sbin/dockerd") ? "There is no dockerd here: './build setup' as root on Debian installs it."
        : Environment.UserName != "root" ? "Only root can start a second container engine in a mount namespace of its own." : null;

    private static async Task IpAsync(params string[] words)
    {
        using var ip = Process.Start("ip", words);
        await ip.WaitForExitAsync();
    }
}
