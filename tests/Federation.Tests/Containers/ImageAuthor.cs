using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Federation.Tests.Processes;

namespace Federation.Tests.Containers;

/// <summary>
/// Somebody who publishes an algorithm: a program of its own in an image, made and pushed with the <c>docker</c> command to
/// a registry on this machine, and signed with a key by openssl. Or of one that 'vantage algorithm new' makes.
/// </summary>
internal sealed partial class ImageAuthor : IAsyncDisposable
{
    private const string Manifest =
        """{"v":1,"name":"mean","version":"1.0.0","description":"Count and sum of a column.","functions":[{"name":"partial","kind":"partial","description":"Here.","arguments":{},"data":[{"name":"table","description":"Any.","columnArguments":["columns"]}]},{"name":"wait","kind":"partial","description":"Without end.","arguments":{},"data":[{"name":"table","description":"Any."}]},{"name":"abroad","kind":"partial","description":"With a way outside.","arguments":{},"data":[{"name":"table","description":"Any."}],"egress":["terms"]},{"name":"all-floods","kind":"partial","description":"Takes all it can get.","arguments":{},"data":[{"name":"table","description":"Any."}]}],"warm":true}""";

    private readonly TemporaryFolder folder = new("author");
    private readonly ConcurrentBag<string> made = [];
    private readonly VantageCommand command;
    private LocalRegistry registry = null!;

    private ImageAuthor(CancellationToken stop) => command = new VantageCommand(folder.Sub("home"), stop) { Folder = folder.Path };

    public string Host => registry.Host;

    public string Repository => RepositoryOf("probe");

    public string PublicKey => folder.Sub("author.key.pub");

    /// <summary>The image of the test's own program, pushed and not signed yet.</summary>
    public string Reference { get; private set; } = "";

    public string RepositoryOf(string name) => $"{Host}/study/{name}";

    /// <summary>Left out where there is no engine.</summary>
    public static async Task<ImageAuthor> StartAsync(CancellationToken stop)
    {
        Assert.SkipUnless(File.Exists("/var/run/docker.sock") && File.Exists("/usr/bin/docker-registry"),
            "No container engine or no registry; './build setup' as root on Debian installs and starts them.");
        var author = new ImageAuthor(stop);
        author.registry = await LocalRegistry.StartAsync(author.folder, stop);
        await author.MakeAsync(stop);
        return author;
    }

    /// <summary>Signs the image of the test's own program.</summary>
    public Task SignAsync(CancellationToken stop) => SignAsync(Reference, stop);

    public async Task SignAsync(string reference, CancellationToken stop)
    {
        var key = folder.Sub("author.key");
        if (!File.Exists(PublicKey))
        {
            await RunAsync(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key], stop);
            await RunAsync(["openssl", "ec", "-in", key, "-pubout", "-out", PublicKey], stop);
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await command.TypeAsync("algorithm", "sign", reference, "--key", key, "--insecure");
    }

    /// <summary>
    /// A new algorithm of a language as 'vantage algorithm new' makes it, in an image as its own script builds it, pushed.
    /// </summary>
    /// <returns>Its reference, with the digest.</returns>
    public async Task<string> MakeAsync(string language, CancellationToken stop)
    {
        var source = await command.TypeAsync("algorithm", "new", $"mean-{language}", "--language", language);
        var tag = $"{RepositoryOf($"mean-{language}")}:1";
        await RunAsync([Path.Combine(source, "image.sh"), tag, "--build-arg", $"BASE={await BaseImage.OfAsync(language, stop)}"], stop);
        return await PushAsync(tag, stop);
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
        foreach (var image in made)
        {
            await RunAsync(["docker", "image", "rm", "--force", image], CancellationToken.None);
        }

        await registry.DisposeAsync();
        folder.Dispose();
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
        Reference = await PushAsync(tag, stop);
    }

    private async Task<string> PushAsync(string tag, CancellationToken stop)
    {
        var pushed = await RunAsync(["docker", "push", tag], stop);
        // The nodes' engine pulls it again, by its digest.
        await RunAsync(["docker", "image", "rm", tag], stop);
        var pulled = $"{tag[..tag.LastIndexOf(':')]}@{Pushed().Match(pushed).Groups["digest"].Value}";
        made.Add(pulled);
        return $"oci:{pulled}";
    }

    internal static async Task<string> RunAsync(string[] command, CancellationToken stop)
    {
        await using var process = ChildProcess.Start(command[0], command[1..]);
        var code = await process.ExitAsync(stop);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}: {process.StandardOutput} {process.StandardError}");
        return process.StandardOutput;
    }

    [GeneratedRegex("digest: (?<digest>sha256:[0-9a-f]{64})", RegexOptions.ExplicitCapture)]
    private static partial Regex Pushed();
}
