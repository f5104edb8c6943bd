using System.Diagnostics;
using System.Text.Json;
using Vantage.Cli.Programs;
using Vantage.Client.Errors;

namespace Vantage.Cli.Federations;

/// <summary>The verbs of the node's own program that somebody waits for.</summary>
internal static class NodeSetup
{
    public static Task<JsonElement> RunAsync(string url, string codeFile, Partner partner, CancellationToken cancellationToken) =>
        RunAsync($"'vantage node setup' for {partner.Name}",
            ["setup", "--url", url, "--code-file", codeFile, "--dir", partner.NodeFolder, "--root", partner.RootFile, "--json"], cancellationToken);

    /// <param name="what">How a failure calls it.</param>
    /// <param name="words">The verb and its options, <c>--json</c> among them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JsonElement> RunAsync(string what, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(ProgramFinder.NodeAgent.Find(), words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new VantageException(LocalFederation.Failed,
                $"{what} ended with {process.ExitCode}:\n{(await errors).Trim()}");
        }

        using var answer = JsonDocument.Parse(output);
        return answer.RootElement.Clone();
    }
}
