using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Kits;

/// <summary>A kit's program kept warm as a node does it: the node's own Gateway, worker and process runtime.</summary>
internal sealed class WarmBench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-warm-");
    private readonly WarmWorker worker;
    private readonly List<int> progress = [];
    private int calls;

    private WarmBench(RunGateway gateway, RunSocket socket, CallLine line, string work) =>
        worker = new WarmWorker(new(work, socket, gateway, line, new Dictionary<string, Snapshot>()), TimeProvider.System);

    public WarmWorker Worker => worker;

    public IReadOnlyList<int> Progress => progress;

    public static async Task<WarmBench> StartAsync(string program, string? csv = null)
    {
        var work = Directory.CreateTempSubdirectory("vtg-warm-").FullName;
        var (line, socket) = (new CallLine(), new RunSocket());
        var gateway = await RunGateway.StartAsync(socket, line, TestContext.Current.CancellationToken);
        var bench = new WarmBench(gateway, socket, line, work);
        var table = Path.Combine(work, "table.csv");
        await File.WriteAllTextAsync(table, csv ?? "x\n1\n2\n", TestContext.Current.CancellationToken);
        var path = Path.Combine(work, RunFile.FileName);
        var file = new RunFile
        {
            V = RunFile.CurrentVersion,
            Algorithm = KitBench.OtherCode,
            Warm = true,
            Data = [new RunData { Label = "table", Path = table, Format = DataFormats.Csv }],
            Gateway = new(GatewayKinds.UnixHttp, socket.Path),
            Limits = new() { OutputBytes = 1 << 20, LogBytes = 1 << 16 },
        };
        await File.WriteAllBytesAsync(
            path, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, AlgorithmsJson.Default.RunFile), TestContext.Current.CancellationToken);
        bench.worker.Start(new ProcessRuntime(program, TimeProvider.System), new RuntimeJob(
            new RuntimeCode.Worker(), "warm-1", work, work, path, socket.Folder, new RuntimeLimits(1, 2048, 100, TimeSpan.FromMinutes(5)), _ => { }));
        return bench;
    }

    public async Task<KitEnd> CallAsync(string function, string arguments, CancellationToken stop)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder.FullName, $"{++calls}")).FullName;
        using var said = new GatewayCalls(new OutputStore(own, 1 << 20), new RunLog(Path.Combine(own, "log.txt"), 1 << 16), progress.Add);
        var end = await worker.CallAsync(
            new WarmCall(RunId.New(TimeProvider.System), function, arguments), said, TimeSpan.FromMinutes(2), stop);
        said.Log.Dispose();
        return new KitEnd(
            end!,
            said.Output.Stored is { } stored ? await File.ReadAllTextAsync(stored.Path, CancellationToken.None) : null,
            said.Failure,
            File.Exists(said.Log.Path) ? await File.ReadAllTextAsync(said.Log.Path, CancellationToken.None) : "",
            "");
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
