using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Worker;

/// <summary>A run's folder as a node lays it out: run.json, arguments, data, the Gateway's socket.</summary>
internal sealed class WorkerFolder : IDisposable
{
    private readonly List<RunData> data = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("vtg-").FullName;

    public string RunFile => System.IO.Path.Combine(Path, "run.json");

    public WorkerFolder With(string label, string csv, CsvOptions? options = null, IReadOnlyList<ColumnSchema>? schema = null)
    {
        var path = System.IO.Path.Combine(Path, label + ".csv");
        File.WriteAllText(path, csv);
        data.Add(new RunData { Label = label, Path = path, Format = DataFormats.Csv, Options = options, Schema = schema });
        return this;
    }

    public WorkerFolder Ask(string algorithm, string function, string arguments = "{}", long outputBytes = 1 << 20)
    {
        var argumentsFile = System.IO.Path.Combine(Path, "arguments.json");
        File.WriteAllText(argumentsFile, arguments);
        var file = new RunFile
        {
            V = Vantage.Protocol.Algorithms.RunFile.CurrentVersion,
            Run = RunId.New(TimeProvider.System),
            Algorithm = algorithm,
            Function = function,
            Arguments = argumentsFile,
            Data = data,
            Gateway = new(GatewayKinds.UnixHttp, System.IO.Path.Combine(Path, "gateway.sock")),
            Limits = new() { OutputBytes = outputBytes, LogBytes = 1 << 16 },
        };
        File.WriteAllText(RunFile, JsonSerializer.Serialize(file, AlgorithmsJson.Default.RunFile));
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
