using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>Runs tests/second-implementation on Debian's Python. A missing python3-cryptography is a failure.</summary>
internal static class SecondImplementation
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Folder = Path.Combine(Vectors.Root, "..", "second-implementation");

    /// <summary>One request to interop.py, and its answer.</summary>
    public static async Task<JsonElement> AskAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await RunAsync("interop.py", request.ToJsonString(), cancellationToken);
        Assert.True(exitCode == 0, $"interop.py failed; is python3-cryptography installed (./build setup)?\n{error}");
        using var answer = JsonDocument.Parse(output);
        return answer.RootElement.Clone();
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string script, string input, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-B", Path.Combine(Folder, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
