using System.Diagnostics;
using System.Text.Json;
using Vantage.Benchmarks.Processes;
using Vantage.Client;
using Vantage.Client.Home;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Containers;

/// <summary>A federation of one site with 1,000 rows, its algorithms in containers, as 'vantage sandbox up' makes it.</summary>
internal sealed class BenchSandbox : IAsyncDisposable
{
    private readonly string home;

    private BenchSandbox(string home, CollaborationId collaboration) => (this.home, Collaboration) = (home, collaboration);

    public CollaborationId Collaboration { get; }

    public static async Task<BenchSandbox> StartAsync(BenchOptions options)
    {
        var (home, file) = (Path.Combine(options.Data, "asked"), Path.Combine(options.Data, "rows.csv"));
        var random = new Random(1);
        await File.WriteAllTextAsync(file, "y,x\n" + string.Concat(Enumerable.Range(0, 1000).Select(_ =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{random.Next(2)},{random.NextDouble():F6}\n"))));
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        using var said = JsonDocument.Parse(await RunAsync(home, "sandbox", "up", "--runtime", "docker", "--disclosure", "off", "--data", file, "--json"));
        return new BenchSandbox(home, Id.Parse<CollaborationId>(said.RootElement.GetProperty("collaboration").GetString()!));
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
