using System.Formats.Tar;
using Vantage.Cli.Programs;
using Vantage.Cli.Sandboxes.Images;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Advisories;

/// <summary>vantage6's images came with an SSH server that nobody asked for. Every image that Vantage makes is counted through.</summary>
public sealed class Cve_2024_21653_ImagesHoldNoShellAndNoServerTests
{
    private static readonly string[] Unwanted =
        ["sh", "bash", "dash", "ash", "zsh", "busybox", "sshd", "ssh", "dropbear", "telnetd", "nc", "socat", "curl", "wget", "sudo", "su", "login"];

    [Fact]
    public async Task TheSandboxsImages_HoldTheWorkerAndItsLibraries_AndNoOtherProgram()
    {
        using var layer = new MemoryStream();
        await WorkerLayer.WriteAsync(ProgramFinder.Worker.Find(null, AppContext.BaseDirectory), layer, TestContext.Current.CancellationToken);
        layer.Position = 0;
        var files = new List<string>();
        await using var reader = new TarReader(layer);
        while (await reader.GetNextEntryAsync(copyData: false, TestContext.Current.CancellationToken) is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            Assert.Equal(default, entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup));
            files.Add(entry.Name);
        }

        Assert.Contains(files, file => Path.GetFileName(file) == "Vantage.Worker");
        Assert.DoesNotContain(files, file => Unwanted.Contains(Path.GetFileName(file)));
        Assert.All(files, file => Assert.True(
            file.StartsWith("worker/", StringComparison.Ordinal) || file.StartsWith("dotnet/", StringComparison.Ordinal) || file.Contains(".so", StringComparison.Ordinal), file));
    }

    [Fact]
    public void TheRelaysImage_HoldsOneProgram()
    {
        using var archive = new TarReader(new MemoryStream(RelayImage.Of(new([1, 2, 3], "amd64")).Archive));
        var layers = new List<string>();
        while (archive.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.Name.EndsWith("layer.tar", StringComparison.Ordinal))
            {
                using var layer = new TarReader(entry.DataStream!);
                while (layer.GetNextEntry() is { } file)
                {
                    layers.Add(file.Name);
                }
            }
        }

        Assert.Single(layers);
    }

    /// <summary>What authors start from: nothing listens, and the base is theirs to choose.</summary>
    [Fact]
    public void TheTemplates_OpenNoPortAndInstallNoServer()
    {
        var recipes = Checkout.Files().Where(path => Path.GetFileName(path).StartsWith("Dockerfile", StringComparison.Ordinal)
            && path.Contains("/Templates/", StringComparison.Ordinal)).ToList();

        Assert.True(recipes.Count >= 3, string.Join(' ', recipes));
        Assert.All(recipes.Select(Checkout.Read), recipe =>
        {
            Assert.DoesNotContain("EXPOSE", recipe, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("VOLUME", recipe, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("ssh", recipe, StringComparison.OrdinalIgnoreCase);
        });
    }
}
