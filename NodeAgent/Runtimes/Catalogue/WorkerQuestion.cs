using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Catalogue;

/// <summary>Asks a worker what it holds.</summary>
internal static class WorkerQuestion
{
    /// <summary>
    /// It takes a second where nothing else runs. One that hangs has to be told of at last; one that a busy machine lets wait
    /// must not, since the run that asked would fail for it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<AlgorithmCatalogue> AskAsync(string worker, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = new Process { StartInfo = Start(worker) };
        try
        {
            process.Start();
            var answer = process.StandardOutput.ReadToEndAsync(patience.Token);
            var complaint = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return Read(await answer) is { V: AlgorithmCatalogue.CurrentVersion } catalogue && process.ExitCode == 0
                ? catalogue
                : throw new WorkerException($"The worker {worker} does not say what it holds (exit code {process.ExitCode}): {await complaint}");
        }
        catch (Win32Exception e)
        {
            throw new WorkerException($"The worker {worker} can't be started: {e.Message}.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkerException($"The worker {worker} did not say within {Patience.TotalMinutes} minutes what it holds.", e);
        }
        finally
        {
            Stop(process);
        }
    }

    private static ProcessStartInfo Start(string worker)
    {
        var start = new ProcessStartInfo(worker, ["catalogue", "--json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ProcessEnvironment.Fill(start, ProcessEnvironment.Common());
        return start;
    }

    private static AlgorithmCatalogue? Read(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, AlgorithmsJson.Default.AlgorithmCatalogue);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Never started, or ended.
        }
    }
}
