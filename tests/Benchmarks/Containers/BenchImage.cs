using System.Diagnostics;
using System.Formats.Tar;
using Vantage.Benchmarks.Processes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.Benchmarks.Containers;

/// <summary>
/// An image with one static program of 0.8 MB and nothing else, so that what is measured is starting a container: it speaks
/// the algorithm contract, and counts and sums a column. Made by the compiler here, since nothing can be pulled.
/// </summary>
internal sealed class BenchImage : IAsyncDisposable
{
    public const string Manifest =
        """{"v":1,"name":"mean","version":"1.0.0","description":"Count and sum of a column.","functions":[{"name":"partial","kind":"partial","description":"Here.","arguments":{},"data":[{"name":"table","description":"Any."}]}],"warm":true}""";

    private BenchImage(EngineCalls calls, string id) => (Calls, Id) = (calls, id);

    public EngineCalls Calls { get; }

    public EngineClient Engine => new(Calls);

    /// <summary>The digest of its configuration.</summary>
    public string Id { get; }

    public static async Task<BenchImage> MakeAsync()
    {
        var calls = new EngineCalls(DockerSettings.Default.Engine);
        using var content = new ByteArrayContent(await RootAsync());
        var entry = Uri.EscapeDataString("ENTRYPOINT [\"/probe\", \"mean\"]");
        using var answer = await calls.OpenAsync(HttpMethod.Post, $"images/create?fromSrc=-&changes={entry}", content, null, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        return new BenchImage(calls, text[text.LastIndexOf("sha256:", StringComparison.Ordinal)..][..71]);
    }

    public async ValueTask DisposeAsync()
    {
        await Calls.DoAsync(HttpMethod.Delete, $"images/{Id}?force=true", CancellationToken.None);
        Calls.Dispose();
    }

    private static async Task<byte[]> RootAsync()
    {
        var folder = Directory.CreateTempSubdirectory("vtg-bench-");
        try
        {
            var program = Path.Combine(folder.FullName, "probe");
            var source = Path.Combine(Programs.Root, "tests/Vantage.Tests/NodeAgent/Runtimes/Docker/probe.c");
            using var compiler = Process.Start("gcc", ["-O1", "-static", "-o", program, source]);
            await compiler.WaitForExitAsync();
            using var tar = new MemoryStream();
            await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            {
                foreach (var place in new[] { "tmp/", "proc/", "sys/", "dev/", "vantage/" })
                {
                    await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, place) { Mode = (UnixFileMode)0b111_101_101 });
                }

                await writer.WriteEntryAsync(program, "probe");
            }

            return tar.ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
