using System.Text;
using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Tables.Csv;
using Vantage.Algorithms.Tables.Parquet;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Worker.Gateways;

namespace Vantage.Worker.Runs;

/// <summary>
/// From run.json to the exit code: one run, or where the node keeps its workers warm, one call after the other until there
/// are no more, or one of them fails. After a fault nothing of this process is used again.
/// </summary>
internal static class WorkerRun
{
    private const long MostKept = 256L << 20;

    /// <param name="Algorithm">Its reference.</param>
    private sealed record AskedFunction(string Algorithm, string Name, FunctionData Data);

    public static async Task<int> RunAsync(string path, AlgorithmSet algorithms, CancellationToken cancellationToken)
    {
        try
        {
            var file = await RunFileReader.ReadAsync(path, cancellationToken);
            using var gateway = new GatewayClient(file.Gateway);
            return await (file.Warm is true
                ? RunWarmAsync(file, algorithms, gateway, cancellationToken)
                : RunAsync(file, new(file.Algorithm, file.Function!, new FunctionData([.. file.Data.Select(Open)])),
                    ct => File.ReadAllBytesAsync(file.Arguments!, ct), algorithms, gateway, cancellationToken));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return WorkerExitCodes.Cancelled;
        }
        catch (RunFileInvalidException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WorkerExitCodes.RunFileInvalid;
        }
        catch (GatewayLostException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WorkerExitCodes.GatewayLost;
        }
    }

    private static async Task<int> RunWarmAsync(
        RunFile file, AlgorithmSet algorithms, GatewayClient gateway, CancellationToken cancellationToken)
    {
        // What one call read the next one need not: the snapshot stays as it is for as long as this program lives.
        var tables = file.Data.Select(data => Kept(data, RoomFor(file.Limits))).ToList();
        while (await gateway.NextAsync(cancellationToken) is { } call)
        {
            var arguments = Encoding.UTF8.GetBytes(call.Arguments);
            var data = new FunctionData([.. tables.Select(table => Seen(table, call.Columns))]);
            var code = await RunAsync(file, new(call.Algorithm ?? file.Algorithm, call.Function, data), _ => Task.FromResult(arguments), algorithms, gateway, cancellationToken);
            if (code != WorkerExitCodes.Succeeded)
                return code;
        }

        return WorkerExitCodes.Succeeded;
    }

    private static async Task<int> RunAsync(
        RunFile file, AskedFunction asked, Func<CancellationToken, Task<byte[]>> given, AlgorithmSet algorithms, GatewayClient gateway,
        CancellationToken cancellationToken)
    {
        try
        {
            var algorithm = algorithms.Find(asked.Algorithm);
            var arguments = await given(cancellationToken);
            var context = new WorkerContext(file, gateway);
            await (Find(algorithm, asked.Name) switch
            {
                SiteFunction function =>
                    function.InvokeAsync(context, arguments, asked.Data, cancellationToken),
                CentralFunction central =>
                    InvokeAsync(central, context, arguments, new GatewayFederation(file, algorithm, gateway), cancellationToken),
                var other => throw new InvalidOperationException($"Nobody runs a {other.GetType().Name}."),
            });
            if (!context.HasResult)
                throw new RunFailedException(RunCodes.AlgorithmNoOutput, $"'{asked.Name}' ended without a result.");
            return WorkerExitCodes.Succeeded;
        }
        catch (Exception e) when (e is not GatewayLostException && !cancellationToken.IsCancellationRequested)
        {
            // What is in the exception may come from the data: it goes to the node, which seals it, and nowhere else.
            await gateway.ReportFailureAsync(RunFailures.Of(e, asked.Name), cancellationToken);
            return WorkerExitCodes.Failed;
        }
    }

    private static async Task InvokeAsync(
        CentralFunction central, WorkerContext context, byte[] arguments, GatewayFederation federation, CancellationToken cancellationToken)
    {
        if (federation.Sites.Count == 0)
        {
            throw new RunFailedException(RunCodes.SitesFailed,
                $"'{central.Name}' is a central function, and this run has nobody that it may ask: its task delegates nothing.");
        }

        var result = await central.InvokeAsync(federation, arguments, cancellationToken);
        await context.WriteOutputAsync(Gateway.ResultName, async (body, ct) =>
        {
            await using var writer = new Utf8JsonWriter(body);
            result.WriteTo(writer);
            await writer.FlushAsync(ct);
        }, cancellationToken);
    }

    private static Function Find(Algorithm algorithm, string name) =>
        algorithm.Functions.FirstOrDefault(f => f.Name == name)
        ?? throw new RunFailedException(
            RunCodes.AlgorithmUnknown,
            $"'{algorithm.Name}' has no function '{name}'. It has: "
            + string.Join(", ", algorithm.Functions.Select(f => f.Name)) + ".");

    /// <summary>A quarter of what the run may use, in bytes, for what is kept between calls.</summary>
    private static long RoomFor(RunLimits limits) => Math.Min(limits.MemoryBytes / 4 ?? MostKept, MostKept);

    /// <summary>A table whose file is larger than the room stays a stream: memory does not grow with its rows.</summary>
    private static ITable Kept(RunData data, long room) => new FileInfo(data.Path) is { Exists: true } file && file.Length > room
        ? Open(data)
        : new KeptTable(Open(data), room / sizeof(double));

    private static ITable Seen(ITable table, IReadOnlyDictionary<string, IReadOnlyList<string>>? columns) =>
        columns?.TryGetValue(table.Label, out var own) is true ? new SeenTable(table, own) : table;

    private static ITable Open(RunData data) => data.Format switch
    {
        DataFormats.Csv => new CsvTable(data.Label, data.Path, data.Options, data.Schema),
        DataFormats.Parquet => new ParquetTable(data.Label, data.Path, data.Schema),
        _ => throw new DataInvalidException(
            $"'{data.Label}' has the format '{data.Format}', and this worker reads csv and parquet only."),
    };
}
