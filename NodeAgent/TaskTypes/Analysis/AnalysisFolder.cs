using System.Text.Json;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>What lies where in a run's working directory. Names are fixed: no text of a request is part of a path.</summary>
internal sealed record AnalysisFolder(string Root)
{
    public string Data => Path.Combine(Root, "data");

    /// <summary>What the sites answered a central function.</summary>
    public string Answers => Path.Combine(Root, "answers");

    public string Output => Path.Combine(Root, "output");

    public string Arguments => Path.Combine(Root, "arguments.json");

    public string RunFile => Path.Combine(Root, Protocol.Algorithms.RunFile.FileName);

    public string Log => Path.Combine(Root, "log.txt");

    public void Create()
    {
        Durable.CreateFolder(Data);
        Durable.CreateFolder(Output);
        Durable.CreateFolder(Answers);
    }

    public async Task WriteAsync(RunFile run, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        await WriteAsync(Arguments, arguments, cancellationToken);
        await WriteAsync(RunFile, JsonSerializer.SerializeToUtf8Bytes(run, AlgorithmsJson.Default.RunFile), cancellationToken);
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = Durable.CreateFile(path);
        await file.WriteAsync(content, cancellationToken);
    }
}
