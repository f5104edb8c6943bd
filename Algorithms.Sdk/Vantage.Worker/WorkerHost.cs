using System.Runtime.InteropServices;
using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Protocol.Algorithms;
using Vantage.Worker.Runs;

namespace Vantage.Worker;

/// <summary>
/// The whole of a worker but its algorithms. A program that offers others needs one line:
/// <code>return await WorkerHost.RunAsync(args, new AlgorithmSet(MyAlgorithm));</code>
/// </summary>
public static class WorkerHost
{
    private const string Usage = """
        usage: run <path to run.json>      run one function beside the data; the node starts this
               catalogue [--json]          list what this worker holds
        exit codes: 0 the result was accepted, 1 the run failed and the node was told why, 2 usage,
                    4 the Gateway could not be reached, 5 run.json cannot be read, 143 cancelled
        """;

    /// <returns>One of <see cref="WorkerExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, AlgorithmSet algorithms)
    {
        using var cancel = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        switch (args)
        {
            case ["run", var path]:
                return await WorkerRun.RunAsync(path, algorithms, cancel.Token);
            case ["catalogue", "--json"]:
                Console.Out.WriteLine(
                    JsonSerializer.Serialize(algorithms.Catalogue(), AlgorithmsJson.Default.AlgorithmCatalogue));
                return WorkerExitCodes.Succeeded;
            case ["catalogue"]:
                foreach (var algorithm in algorithms.Algorithms)
                    Console.Out.WriteLine($"{algorithm.Reference}\n    {algorithm.Description}");
                return WorkerExitCodes.Succeeded;
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
}
