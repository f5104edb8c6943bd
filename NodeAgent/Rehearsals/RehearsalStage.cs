using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Rehearsals;

/// <param name="Path">Its one table, a CSV file.</param>
internal sealed record RehearsalSite(string Name, string Path);

/// <summary>
/// Runs one function as a node does: the columns that its arguments name, out of the file, into a snapshot; a Gateway of
/// its own; a process of its own. There is no Coordinator, nobody signs, and no policy is asked.
/// </summary>
/// <param name="heard">Takes what a run says, with the name of its site, while it runs.</param>
internal sealed class RehearsalStage(string program, Action<string?, string> heard, TimeProvider time)
{
    public const long OutputBytes = 64L << 20;
    private const long LogBytes = 1 << 20;
    private const string Label = "table";
    private const string ArgumentsName = "arguments.json";

    private static readonly RuntimeLimits Limits = new(Cpu: 1, MemoryMiB: 4096, DiskMiB: 4096, TimeSpan.FromHours(1));

    /// <summary>One site after the other, for somebody who looks into each.</summary>
    public bool OneByOne { get; init; }

    /// <summary>A function at every site.</summary>
    public async Task<IReadOnlyList<RehearsedRun>> RunAllAsync(IReadOnlyList<RehearsalSite> sites, FunctionManifest function,
        ReadOnlyMemory<byte> arguments, string folder, CancellationToken cancellationToken)
    {
        if (!OneByOne)
        {
            return await Task.WhenAll(sites.Select((site, index) => AtAsync(site, index)));
        }

        var runs = new List<RehearsedRun>();
        foreach (var (site, index) in sites.Select((site, index) => (site, index)))
        {
            runs.Add(await AtAsync(site, index));
        }

        return runs;

        Task<RehearsedRun> AtAsync(RehearsalSite site, int index) =>
            RunAsync(site, function, arguments, null, Path.Combine(folder, $"{index}"), cancellationToken);
    }

    public async Task<RehearsedRun> RunAsync(
        RehearsalSite? site, FunctionManifest function, ReadOnlyMemory<byte> arguments, ISubtasks? subtasks, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var data = site is null || function.Data.Count == 0 ? null : await SnapshotAsync(site, function, arguments, folder, cancellationToken);
        if (data is Extraction.Failed failed)
        {
            return RehearsedRun.Failed(site?.Name, function.Name, failed.Code, failed.Message);
        }

        var snapshot = (data as Extraction.Done)?.Snapshot;
        using var calls = new GatewayCalls(
            new OutputStore(folder, OutputBytes),
            new RunLog(Path.Combine(folder, "log.txt"), LogBytes) { Heard = text => heard(site?.Name, text) },
            percent => heard(site?.Name, $"{percent} %\n")) { Subtasks = subtasks };
        using var socket = new RunSocket();
        RuntimeEnd end;
        await using (await RunGateway.StartAsync(socket, calls, cancellationToken))
        {
            var run = RunFile(site?.Name, function, snapshot, subtasks, socket, folder);
            var path = Path.Combine(folder, Protocol.Algorithms.RunFile.FileName);
            await File.WriteAllBytesAsync(Path.Combine(folder, ArgumentsName), arguments, cancellationToken);
            await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(run, AlgorithmsJson.Default.RunFile), cancellationToken);
            end = await new ProcessRuntime(program, time).RunAsync(
                new RuntimeJob(new RuntimeCode.Worker(), $"{run.Run}", folder, folder, path, socket.Folder, Limits,
                    said => calls.Log.Append(said.Span)), cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var ended = RehearsedRun.Of(site?.Name, function.Name, end, calls);
        return ended is { Failure: { } told } && snapshot is not null
            ? ended with { Failure = told with { Message = snapshot.Lines.Translate(told.Message, Label) } }
            : ended;
    }

    private static async Task<Extraction> SnapshotAsync(
        RehearsalSite site, FunctionManifest function, ReadOnlyMemory<byte> arguments, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var asked = AskedColumns.Of(function, [new DataRef { Label = Label, Kind = DataKind.Source, Id = site.Name }], arguments);
            return await new CsvSource(new CsvSourceSettings { Id = site.Name, Path = site.Path })
                .ExtractAsync(new(asked.GetValueOrDefault(Label), null), Path.Combine(folder, Label + ".csv"), cancellationToken);
        }
        catch (JsonException e)
        {
            return new Extraction.Failed(RunCodes.ArgumentsInvalid, "The arguments are not one JSON value: " + e.Message);
        }
    }

    private RunFile RunFile(
        string? site, FunctionManifest function, Snapshot? snapshot, ISubtasks? subtasks, RunSocket socket, string folder) => new()
        {
            V = Protocol.Algorithms.RunFile.CurrentVersion,
            Run = RunId.New(time),
            Algorithm = "bundle:sha256:" + new string('0', 64),
            Function = function.Name,
            Site = site,
            Arguments = Path.Combine(folder, ArgumentsName),
            Data = snapshot is null ? [] : [new RunData
            {
                Label = Label, Path = snapshot.Path, Format = snapshot.Format, Schema = snapshot.Columns, Options = snapshot.Options,
            }],
            Sites = subtasks?.Names,
            Gateway = new(GatewayKinds.UnixHttp, socket.Path),
            Limits = new() { OutputBytes = OutputBytes, LogBytes = LogBytes, MemoryBytes = (long)Limits.MemoryMiB << 20 },
        };
}
