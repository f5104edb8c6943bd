using System.Diagnostics;
using Vantage.Tests.Protocol.Agreement;

namespace Vantage.Tests.Notebooks;

/// <summary>Runs the tests that the clients for Python and R have in their own language.</summary>
internal static class OtherLanguage
{
    public static string Sdk { get; } = Path.GetFullPath(Path.Combine(Vectors.Root, "..", "..", "Algorithms.Sdk"));

    /// <summary>What it said, in the order it said it; failing fails the test with all of it.</summary>
    public static async Task<string> RunAsync(string program, string folder, string[] words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}:\n{string.Concat(said)}");
        return string.Concat(said);
    }
}
