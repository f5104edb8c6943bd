using System.Text.Json;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Kits;

/// <summary>
/// One run of a kit's program as a node does it: its run.json, the node's own Gateway, the node's own process runtime. No
/// part of it is a stand-in.
/// </summary>
internal sealed class KitBench : IDisposable
{
    public const string OtherCode = "oci:registry.example.org/vantage/conformance@sha256:"
        + "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-kit-");
    private readonly List<RunData> data = [];

    public long OutputBytes { get; init; } = 1 << 20;

    public string Algorithm { get; init; } = OtherCode;

    /// <summary>What is in run.json instead of what belongs there.</summary>
    public Func<string, string> Spoil { get; init; } = text => text;

    /// <summary>Called with each progress the program reports.</summary>
    public Action<int> Progress { get; init; } = _ => { };

    public ISubtasks? Sites { get; init; }

    /// <summary>The Gateway is framed over the program's standard streams.</summary>
    public bool IsFramed { get; set; }

    public string Place => folder.FullName;

    public KitBench With(string label, string csv, CsvOptions? options = null, params IReadOnlyList<ColumnSchema> schema)
    {
        var path = Path.Combine(Place, label + ".csv");
        File.WriteAllText(path, csv);
        data.Add(new RunData { Label = label, Path = path, Format = DataFormats.Csv, Options = options, Schema = schema });
        return this;
    }

    public async Task<KitEnd> RunAsync(
        string program, string function, string arguments, CancellationToken stop, string? gatewayElsewhere = null)
    {
        var output = Directory.CreateDirectory(Path.Combine(Place, "output")).FullName;
        using var calls = new GatewayCalls(
            new OutputStore(output, OutputBytes), new RunLog(Path.Combine(Place, "log.txt"), 1 << 16), Progress) { Subtasks = Sites };
        using var socket = new RunSocket();
        await using var gateway = await RunGateway.StartAsync(socket, calls, stop);
        await File.WriteAllTextAsync(Path.Combine(Place, "arguments.json"), arguments, CancellationToken.None);
        var file = new RunFile
        {
            V = RunFile.CurrentVersion,
            Run = RunId.New(TimeProvider.System),
            Algorithm = Algorithm,
            Function = function,
            Site = "Nørth “1”",
            Arguments = Path.Combine(Place, "arguments.json"),
            Data = data,
            Sites = Sites?.Names,
            Gateway = IsFramed ? new(GatewayKinds.StdioHttp, GatewayKinds.Stdio) : new(GatewayKinds.UnixHttp, gatewayElsewhere ?? socket.Path),
            Limits = new() { OutputBytes = OutputBytes, LogBytes = 1 << 16 },
        };
        var runFile = Path.Combine(Place, RunFile.FileName);
        await File.WriteAllTextAsync(
            runFile, Spoil(JsonSerializer.Serialize(file, AlgorithmsJson.Default.RunFile)), CancellationToken.None);
        var said = new MemoryStream();
        var job = new RuntimeJob(new RuntimeCode.Worker(), "run-1", Place, Place, runFile, socket.Folder, new RuntimeLimits(1, 2048, 100, TimeSpan.FromMinutes(2)),
            bytes => { lock (said) said.Write(bytes.Span); }) { GatewaySocket = gatewayElsewhere ?? socket.Path };
        var end = await (IsFramed ? FramedProgram.RunAsync(program, job, stop) : new ProcessRuntime(program, TimeProvider.System).RunAsync(job, stop));
        calls.Log.Dispose();
        return new KitEnd(
            end,
            calls.Output.Stored is { } stored ? await File.ReadAllTextAsync(stored.Path, CancellationToken.None) : null,
            calls.Failure,
            File.Exists(calls.Log.Path) ? await File.ReadAllTextAsync(calls.Log.Path, CancellationToken.None) : "",
            System.Text.Encoding.UTF8.GetString(said.ToArray()));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <param name="Result">The bytes of the output named result, as text; null if none arrived whole.</param>
/// <param name="Said">What went to the program's standard streams.</param>
internal sealed record KitEnd(RuntimeEnd End, string? Result, RunFailure? Failure, string Log, string Said)
{
    /// <summary>The exit code; what else ended it makes the test fail with its name.</summary>
    public int Code => Assert.IsType<RuntimeEnd.Exited>(End).Code;

    public JsonElement Json => Result is null
        ? throw new Xunit.Sdk.XunitException($"No result. {Failure} {Said}")
        : JsonElement.Parse(Result);
}
