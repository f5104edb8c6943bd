using System.Text.RegularExpressions;
using Federation.Tests.Processes;

namespace Federation.Tests.Containers;

/// <summary>
/// Somebody who publishes an algorithm: a program of its own in an image, made and pushed with the <c>docker</c> command to
/// a registry on this machine, and signed with a key by openssl.
/// </summary>
internal sealed partial class ImageAuthor : IAsyncDisposable
{
    private const string Manifest =
        """{"v":1,"name":"mean","version":"1.0.0","description":"Count and sum of a column.","functions":[{"name":"partial","kind":"partial","description":"Here.","arguments":{},"data":[{"name":"table","description":"Any.","columnArguments":["columns"]}]},{"name":"wait","kind":"partial","description":"Without end.","arguments":{},"data":[{"name":"table","description":"Any."}]},{"name":"abroad","kind":"partial","description":"With a way outside.","arguments":{},"data":[{"name":"table","description":"Any."}],"egress":["terms"]},{"name":"all-floods","kind":"partial","description":"Takes all it can get.","arguments":{},"data":[{"name":"table","description":"Any."}]}]}""";

    private readonly TemporaryFolder folder = new("author");
    private ChildProcess registry = null!;

    public string Host { get; private set; } = "";

    public string Repository => $"{Host}/study/mean";

    public string PublicKey => folder.Sub("author.key.pub");

    /// <summary>The signed image.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Left out where there is no engine.</summary>
    public static async Task<ImageAuthor> StartAsync(CancellationToken stop)
    {
        Assert.SkipUnless(File.Exists("/var/run/docker.sock") && File.Exists("/usr/bin/docker-registry"),
            "No container engine or no registry; './build setup' as root on Debian installs and starts them.");
        var author = new ImageAuthor();
        await author.ServeAsync();
        await author.MakeAsync(stop);
        return author;
    }

    public async Task SignAsync(VantageCommand command, CancellationToken stop)
    {
        await RunAsync(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder.Sub("author.key")], stop);
        await RunAsync(["openssl", "ec", "-in", folder.Sub("author.key"), "-pubout", "-out", PublicKey], stop);
        File.SetUnixFileMode(folder.Sub("author.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await command.TypeAsync("algorithm", "sign", Reference, "--key", folder.Sub("author.key"), "--insecure");
    }

    /// <summary>The containers of a node, as the <c>docker</c> command lists them.</summary>
    public static async Task<IReadOnlyList<string>> ContainersAsync(string node, CancellationToken stop) =>
        (await RunAsync(["docker", "ps", "--all", "--no-trunc", "--quiet", "--filter", $"label=org.vantage.node={node}"], stop))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<IReadOnlyList<string>> VolumesAsync(string node, CancellationToken stop) =>
        (await RunAsync(["docker", "volume", "ls", "--quiet", "--filter", $"label=org.vantage.node={node}"], stop))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        if (Reference.Length > 0)
        {
            await RunAsync(["docker", "image", "rm", "--force", Reference["oci:".Length..]], CancellationToken.None);
        }

        await registry.DisposeAsync();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        var port = FreePort.Next();
        Host = $"127.0.0.1:{port}";
        registry = ChildProcess.Start("docker-registry", ["serve", folder.Write("registry.yml", $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder.Sub("store")}} } }
            http: { addr: 127.0.0.1:{{port}} }
            """)]);
        using var client = new HttpClient();
        for (var left = 100; ; left--)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{Host}/v2/"));
                return;
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task MakeAsync(CancellationToken stop)
    {
        var root = Directory.CreateDirectory(folder.Sub("root")).FullName;
        await RunAsync(["gcc", "-O1", "-static", "-o", Path.Combine(root, "probe"),
            Path.Combine(Programs.Repository, "tests/Vantage.Tests/NodeAgent/Runtimes/Docker/probe.c")], stop);
        var tar = folder.Sub("root.tar");
        await RunAsync(["tar", "--create", "--file", tar, "--directory", root, "."], stop);
        var tag = $"{Repository}:1";
        await RunAsync(["docker", "import", "--change", "ENTRYPOINT [\"/probe\", \"mean\"]", "--change", $"LABEL org.vantage.algorithm='{Manifest}'", tar, tag], stop);
        var pushed = await RunAsync(["docker", "push", tag], stop);
        // The nodes' engine pulls it again, by its digest.
        await RunAsync(["docker", "image", "rm", tag], stop);
        Reference = $"oci:{Repository}@{Pushed().Match(pushed).Groups["digest"].Value}";
    }

    private static async Task<string> RunAsync(string[] command, CancellationToken stop)
    {
        await using var process = ChildProcess.Start(command[0], command[1..]);
        var code = await process.ExitAsync(stop);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}: {process.StandardOutput} {process.StandardError}");
        return process.StandardOutput;
    }

    [GeneratedRegex("digest: (?<digest>sha256:[0-9a-f]{64})", RegexOptions.ExplicitCapture)]
    private static partial Regex Pushed();
}
