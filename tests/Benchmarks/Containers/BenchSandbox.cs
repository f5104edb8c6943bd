using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Vantage.Benchmarks.Processes;
using Vantage.Client;
using Vantage.Client.Home;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Containers;

/// <summary>A federation of sites with made-up rows, as 'vantage sandbox up' makes it.</summary>
internal sealed class BenchSandbox : IAsyncDisposable
{
    private readonly string home;

    private BenchSandbox(string home, string folder, CollaborationId collaboration) => (this.home, Folder, Collaboration) = (home, folder, collaboration);

    /// <summary>Where its programs work; their command lines name it.</summary>
    public string Folder { get; }

    public CollaborationId Collaboration { get; }

    /// <param name="options">Where it keeps its files.</param>
    /// <param name="runtime">How algorithms run: <c>process</c> or <c>docker</c>.</param>
    /// <param name="sites">How many.</param>
    /// <param name="rows">Of each site: two columns of numbers, one of three categories, and an outcome.</param>
    public static async Task<BenchSandbox> StartAsync(BenchOptions options, string runtime, int sites, int rows)
    {
        var files = Directory.CreateDirectory(Path.Combine(options.Data, $"{runtime}-{sites}-rows")).FullName;
        var random = new Random(1);
        foreach (var site in Enumerable.Range(0, sites))
        {
            var file = Path.Combine(files, $"{(char)('a' + site)}.csv");
            await File.WriteAllTextAsync(file, "y,x,z,g\n" + string.Concat(Enumerable.Range(0, rows).Select(_ => string.Create(
                CultureInfo.InvariantCulture, $"{random.Next(2)},{random.NextDouble():F6},{random.NextDouble():F6},{"abc"[random.Next(3)]}\n"))));
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }

        return await OverAsync(options, runtime, files);
    }

    /// <summary>Over files that are there already.</summary>
    public static async Task<BenchSandbox> OverAsync(BenchOptions options, string runtime, string files)
    {
        var folder = Path.Combine(options.Data, $"home-{Path.GetFileName(files)}");
        using var said = JsonDocument.Parse(await RunAsync(folder, "sandbox", "up", "--runtime", runtime, "--disclosure", "off", "--data", files, "--json"));
        return new BenchSandbox(folder, said.RootElement.GetProperty("folder").GetString()!, Id.Parse<CollaborationId>(said.RootElement.GetProperty("collaboration").GetString()!));
    }

    public VantageClient Client() => VantageClient.FromHome(new ProfileBook(home).Home("sandbox"));

    public async ValueTask DisposeAsync() => await RunAsync(home, "sandbox", "down");

    private static async Task<string> RunAsync(string home, params string[] words)
    {
        using var command = Process.Start(new ProcessStartInfo(Programs.Command, [.. words, "--home", home])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = command.StandardError.ReadToEndAsync();
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0 ? output : throw new InvalidOperationException($"vantage {string.Join(' ', words)} ended with {command.ExitCode}: {await errors}");
    }
}
