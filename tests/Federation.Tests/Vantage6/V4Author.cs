using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Federation.Tests.Processes;

namespace Federation.Tests.Vantage6;

/// <summary>
/// Somebody who has an image of vantage6's fourth contract: a Python of this machine in an image of its own, with the
/// algorithm of <c>image/</c>, made and pushed by the <c>docker</c> command. Nothing of Vantage is in it.
/// </summary>
internal sealed partial class V4Author : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new("v4");
    private ChildProcess registry = null!;

    public string Host { get; private set; } = "";

    public string Repository => $"{Host}/partner/mean";

    public string PublicKey => folder.Sub("reviewer.pub");

    /// <summary>The image as it was pushed.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Left out where there is no engine.</summary>
    public static async Task<V4Author> StartAsync(CancellationToken stop)
    {
        Assert.SkipUnless(File.Exists("/var/run/docker.sock") && File.Exists("/usr/bin/docker-registry") && File.Exists("/usr/bin/python3"),
            "No container engine, registry or Python; './build setup' as root on Debian installs and starts them.");
        var author = new V4Author();
        await author.ServeAsync(stop);
        await author.MakeAsync(stop);
        return author;
    }

    /// <summary>What an admin does with the image: has a sidecar drafted, finishes it, signs it.</summary>
    public async Task AdoptAsync(VantageCommand command, CancellationToken stop)
    {
        var (key, sidecar) = (folder.Sub("reviewer.key"), folder.Sub("sidecar.json"));
        await RunAsync(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key], stop);
        await RunAsync(["openssl", "ec", "-in", key, "-pubout", "-out", PublicKey], stop);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await command.TypeAsync("algorithm", "adopt", Reference, "--out", sidecar, "--insecure");
        var (exit, _, errors) = await command.TryAsync("algorithm", "adopt", Reference, "--sign", sidecar, "--key", key, "--insecure");
        Assert.True(exit != 0 && errors.Contains("FILL IN", StringComparison.Ordinal), errors);
        var draft = JsonNode.Parse(await File.ReadAllTextAsync(sidecar, stop))!;
        draft["algorithm"] = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Image, "algorithm.json"), stop));
        await File.WriteAllTextAsync(sidecar, draft.ToJsonString(), stop);
        await command.TypeAsync("algorithm", "adopt", Reference, "--sign", sidecar, "--key", key, "--insecure");
    }

    public async ValueTask DisposeAsync()
    {
        if (Reference.Length > 0)
        {
            await RunAsync(["docker", "image", "rm", "--force", Reference["oci:".Length..]], CancellationToken.None);
        }

        await registry.DisposeAsync();
        folder.Dispose();
    }

    private static string Image => Path.Combine(Programs.Repository, "tests/Federation.Tests/Vantage6/image");

    private async Task ServeAsync(CancellationToken stop)
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
        for (var left = 600; ; left--)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{Host}/v2/"), stop);
                return;
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    /// <summary>The image's own entry point, user and environment are those of a usual image of that kind.</summary>
    private async Task MakeAsync(CancellationToken stop)
    {
        var (root, tar, tag) = (Directory.CreateDirectory(folder.Sub("root")).FullName, folder.Sub("root.tar"), $"{Repository}:1.0.0");
        await RunAsync(["sh", Path.Combine(Image, "root.sh"), root, Path.Combine(Image, "algorithm.py")], stop);
        await RunAsync(["tar", "--create", "--file", tar, "--directory", root, "."], stop);
        await RunAsync(["docker", "import", "--change", "CMD [\"/usr/bin/python3\", \"/app/algorithm.py\"]", "--change", "ENV PKG_NAME=v6_mean_py", tar, tag], stop);
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
