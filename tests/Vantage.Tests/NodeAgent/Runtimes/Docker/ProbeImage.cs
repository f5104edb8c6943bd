using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>
/// An image that the tests make themselves, since nothing can be pulled: busybox, which runs the script it is shown, and
/// a program for what a shell can't do. It holds what a hostile image would: setuid files, places open to all, odd names.
/// </summary>
public sealed class ProbeImage : IAsyncLifetime
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;
    private const string Manifest =
        """{"v":1,"name":"mean","version":"1.0.0","description":"Count and sum of a column.","functions":[{"name":"partial","kind":"partial","description":"Here.","arguments":{},"data":[{"name":"table","description":"Any."}]},{"name":"wait","kind":"partial","description":"Never ends.","arguments":{},"data":[{"name":"table","description":"Any."}]},{"name":"crash","kind":"partial","description":"Ends at once.","arguments":{},"data":[{"name":"table","description":"Any."}]},{"name":"abroad","kind":"partial","description":"Asks elsewhere.","arguments":{},"data":[{"name":"table","description":"Any."}],"egress":["terms"]}],"warm":true}""";
    private readonly List<string> ids = [];

    /// <summary>Runs <c>/vantage/script</c>.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The same, with <c>VOLUME /scratch</c>.</summary>
    public string WithVolume { get; private set; } = "";

    /// <summary>The minimal algorithm of contract v1.</summary>
    public string Mean { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(TestEngine.Socket))
        {
            return;
        }

        using var engine = new TestEngine();
        await LoadAsync(engine);
    }

    /// <summary>Into another engine.</summary>
    internal async Task LoadAsync(TestEngine engine)
    {
        var root = await RootAsync();
        Id = await ImportAsync(engine, root, "ENTRYPOINT [\"/bin/sh\", \"/vantage/script\"]");
        WithVolume = await ImportAsync(engine, root, "ENTRYPOINT [\"/bin/sh\", \"/vantage/script\"]", "VOLUME /scratch");
        Mean = await ImportAsync(engine, root, "ENTRYPOINT [\"/bin/probe\", \"mean\"]", $"LABEL org.vantage.algorithm='{Manifest}'");
    }

    public async ValueTask DisposeAsync()
    {
        using var engine = new TestEngine();
        foreach (var id in ids)
        {
            if (await engine.Client.FindImageAsync(id, CancellationToken.None) is not null)
            {
                await engine.Calls.DoAsync(HttpMethod.Delete, $"images/{id}?force=true", CancellationToken.None);
            }
        }
    }

    private async Task<string> ImportAsync(TestEngine engine, byte[] root, params string[] changes)
    {
        using var content = new ByteArrayContent(root);
        var query = string.Concat(changes.Select(change => "&changes=" + Uri.EscapeDataString(change)));
        using var answer = await engine.Calls.OpenAsync(HttpMethod.Post, $"images/create?fromSrc=-{query}", content, null, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync();
        var id = text[text.LastIndexOf("sha256:", StringComparison.Ordinal)..][..71];
        ids.Add(id);
        return id;
    }

    private static async Task<byte[]> RootAsync()
    {
        var probe = await CompileAsync();
        var busybox = await File.ReadAllBytesAsync("/bin/busybox");
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var folder in new[] { "bin", "etc", "tmp", "var", "var/tmp", "home", "proc", "sys", "dev" })
            {
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder + "/") { Mode = folder.EndsWith("tmp", StringComparison.Ordinal) ? (UnixFileMode)0b1_111_111_111 : Open });
            }

            await FileAsync(writer, "bin/busybox", busybox, Open);
            await FileAsync(writer, "bin/probe", probe, Open);
            await FileAsync(writer, "bin/rootly", busybox, Open | UnixFileMode.SetUser | UnixFileMode.SetGroup);
            await FileAsync(writer, "etc/passwd", "root:x:0:0:root:/:/bin/sh\n"u8.ToArray(), Open);
            await FileAsync(writer, "var/open", "open to all\n"u8.ToArray(), (UnixFileMode)0b110_110_110);
            foreach (var applet in await AppletsAsync())
            {
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });
            }
        }

        return tar.ToArray();
    }

    private static async Task FileAsync(TarWriter writer, string name, byte[] content, UnixFileMode mode)
    {
        using var stream = new MemoryStream(content);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = stream });
    }

    private static async Task<IEnumerable<string>> AppletsAsync() =>
        (await OutputAsync("/bin/busybox", "--list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "busybox");

    private static async Task<byte[]> CompileAsync()
    {
        var folder = Directory.CreateTempSubdirectory("vtg-probe-");
        try
        {
            var program = Path.Combine(folder.FullName, "probe");
            await OutputAsync("gcc", "-O1", "-static", "-o", program, Path.Combine(Checkout.Root, "tests/Vantage.Tests/NodeAgent/Runtimes/Docker/probe.c"));
            return await File.ReadAllBytesAsync(program);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> OutputAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await error}");
    }
}

/// <summary>Tests on the engine run one after the other: they measure what a container may use of this machine.</summary>
[CollectionDefinition(Name)]
public sealed class EngineTests : ICollectionFixture<ProbeImage>
{
    public const string Name = "container engine";
}
