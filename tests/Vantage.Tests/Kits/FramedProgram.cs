using System.Diagnostics;
using System.IO.Pipelines;
using Vantage.NodeAgent.Gateway.Stdio;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;

namespace Vantage.Tests.Kits;

/// <summary>A program whose standard streams a node's bridge carries to the run's Gateway, as it does for a container's.</summary>
internal static class FramedProgram
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static async Task<RuntimeEnd> RunAsync(string program, RuntimeJob job, CancellationToken stop)
    {
        using var process = new Process
        {
            StartInfo = new(program)
            {
                UseShellExecute = false, WorkingDirectory = job.WorkDirectory,
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        ProcessEnvironment.Fill(process.StartInfo, ProcessEnvironment.For(job, job.WorkDirectory));
        process.Start();
        await using var bridge = new StdioBridge(job.GatewaySocket, process.StandardInput.BaseStream, job.Said);
        var bridging = bridge.PumpAsync(PipeReader.Create(process.StandardOutput.BaseStream), CancellationToken.None);
        var words = WordsAsync(process, job);
        await using var asked = stop.Register(() => Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose());
        await process.WaitForExitAsync(CancellationToken.None);
        await bridging;
        await words;
        return stop.IsCancellationRequested ? new RuntimeEnd.Stopped(Nothing) : new RuntimeEnd.Exited(process.ExitCode, Nothing);
    }

    private static async Task WordsAsync(Process process, RuntimeJob job)
    {
        var buffer = new byte[4096];
        while (await process.StandardError.BaseStream.ReadAsync(buffer) is > 0 and var read)
        {
            job.Said(buffer.AsMemory(0, read));
        }
    }
}
