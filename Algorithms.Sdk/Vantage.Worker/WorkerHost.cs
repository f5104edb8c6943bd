using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Protocol.Algorithms;
using Vantage.Worker.Runs;

namespace Vantage.Worker;

/// <summary>
/// The whole of a worker but its algorithms. A program that offers others needs one line:
/// <code>return await WorkerHost.RunAsync(args, new AlgorithmSet(MyAlgorithm));</code>
/// The same program is what an image starts.
/// </summary>
public static class WorkerHost
{
    private const string Usage = """
        usage: run <path to run.json>      run one function beside the data; the node starts this.
                                           Without a command: what the variable VANTAGE_RUN names
               catalogue [--json]          list what this worker holds
               manifest                    what an image of it says in its label org.vantage.algorithm
               as <algorithm> [command]    the same of one of several algorithms, as an image that holds one
        exit codes: 0 the result was accepted, 1 the run failed and the node was told why, 2 usage,
                    4 the Gateway could not be reached, 5 run.json cannot be read, 143 cancelled
        """;

    /// <summary>Names run.json in a container, and the folder it lies in where a node runs processes.</summary>
    private const string RunVariable = "VANTAGE_RUN";

    private const string DebuggerVariable = "VANTAGE_WAIT_FOR_DEBUGGER";

    /// <returns>One of <see cref="WorkerExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, AlgorithmSet algorithms)
    {
        using var cancel = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        switch (args)
        {
            case ["run", var path]:
                await WaitForDebuggerAsync(cancel.Token);
                return await WorkerRun.RunAsync(path, algorithms, cancel.Token);
            case [] when Environment.GetEnvironmentVariable(RunVariable) is { Length: > 0 } named:
                return await WorkerRun.RunAsync(named, algorithms, cancel.Token);
            case ["as", var name, .. var rest] when algorithms.Named(name) is { } one:
                return await RunAsync(rest, new AlgorithmSet(algorithms.Held) { Image = one });
            case ["catalogue", "--json"]:
                return Say(() => JsonSerializer.Serialize(algorithms.Catalogue(), AlgorithmsJson.Default.AlgorithmCatalogue));
            case ["catalogue"]:
                return Say(() => string.Join('\n', algorithms.Algorithms.Select(a => $"{a.Reference}\n    {a.Description}")));
            case ["manifest"]:
                return Say(() => JsonSerializer.Serialize(algorithms.Own().Manifest(), AlgorithmsJson.Default.AlgorithmManifest));
            default:
                await Console.Error.WriteLineAsync(Usage);
                return WorkerExitCodes.Usage;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancel.Cancel();
        }
    }

    /// <summary>For 'vantage algorithm test --wait-for-debugger'. A node gives no such variable.</summary>
    private static async Task WaitForDebuggerAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(DebuggerVariable) is not { Length: > 0 })
        {
            return;
        }

        await Console.Error.WriteLineAsync($"waiting for a debugger: process {Environment.ProcessId}");
        while (!Debugger.IsAttached && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>What a program can't say of itself is a fault of how it was built, told without a stack.</summary>
    private static int Say(Func<string> text)
    {
        try
        {
            Console.Out.WriteLine(text());
            return WorkerExitCodes.Succeeded;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e.Message);
            return WorkerExitCodes.Failed;
        }
    }
}
