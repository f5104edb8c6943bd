using System.Diagnostics;
using System.Text.Json;
using Vantage.Cli.Programs;
using Vantage.Client.Errors;

namespace Vantage.Cli.Demo;

/// <summary>The one verb of the node's own program that the demo waits for.</summary>
internal static class NodeAgent
{
    public static async Task<JsonElement> SetUpAsync(string url, string codeFile, Hospital hospital, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(ProgramFinder.NodeAgent.Find(),
            ["setup", "--url", url, "--code-file", codeFile, "--dir", hospital.NodeFolder, "--root", hospital.RootFile, "--json"])
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
            throw new VantageException(DemoCommand.Failed,
                $"'vantage node setup' for {hospital.Name} ended with {process.ExitCode}:\n{(await errors).Trim()}");
        }

        using var answer = JsonDocument.Parse(output);
        return answer.RootElement.Clone();
    }
}
