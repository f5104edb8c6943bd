using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Egress;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Rehearsals;

/// <param name="Path">Its one table, a file.</param>
internal sealed record RehearsalSite(string Name, string Path);

/// <summary>
/// Runs one function as a node does: the columns that its arguments name, out of the file, into a snapshot; a Gateway of
/// its own; a process or a container of its own. There is no Coordinator, and nobody signs.
/// </summary>
/// <param name="code">What is run.</param>
/// <param name="heard">Takes what a run says, with the name of its site, while it runs.</param>
internal sealed class RehearsalStage(RehearsedCode code, Action<string?, string> heard, TimeProvider time)
{
    public const string Label = "table";
    private const long LogBytes = 1 << 20;

    /// <summary>One site after the other, for somebody who looks into each.</summary>
    public bool OneByOne { get; init; }

    /// <summary>Asked before each function; null where no policy is rehearsed.</summary>
    public RehearsalPolicy? Policy { get; init; }

    /// <summary>What it said, in the order in which it was asked, once for each function.</summary>
    public IReadOnlyList<RehearsedVerdict> Verdicts => verdicts;

    private readonly List<RehearsedVerdict> verdicts = [];

    /// <summary>A function at every site.</summary>
    /// <param name="isAsked">By a central function.</param>
    public async Task<IReadOnlyList<RehearsedRun>> RunAllAsync(IReadOnlyList<RehearsalSite> sites, FunctionManifest function,
        ReadOnlyMemory<byte> arguments, bool isAsked, string folder, CancellationToken cancellationToken)
    {
        // The sites of a rehearsal have one policy, so it is asked once.
        if (Judge(function, arguments, isAsked) is not { } terms)
        {
            return [.. sites.Select(site => Refused(site, function))];
        }

        if (!OneByOne)
        {
            return await Task.WhenAll(sites.Select(AtAsync));
        }

        var runs = new List<RehearsedRun>();
        foreach (var (site, index) in sites.Select((site, index) => (site, index)))
        {
            runs.Add(await AtAsync(site, index));
        }

        return runs;

        Task<RehearsedRun> AtAsync(RehearsalSite site, int index) =>
            RunAsync(site, function, arguments, terms, null, Path.Combine(folder, $"{index}"), cancellationToken);
    }

    public async Task<RehearsedRun> RunCentralAsync(
        FunctionManifest function, ReadOnlyMemory<byte> arguments, ISubtasks subtasks, string folder, CancellationToken cancellationToken) =>
        Judge(function, arguments, isAsked: false) is { } terms
            ? await RunAsync(null, function, arguments, terms, subtasks, folder, cancellationToken)
            : Refused(null, function);

    private RehearsalTerms? Judge(FunctionManifest function, ReadOnlyMemory<byte> arguments, bool isAsked)
    {
        if (Policy is null)
        {
            return RehearsalTerms.Free;
        }

        try
        {
            var verdict = Policy.Judge(function, arguments, isAsked);
            if (verdicts.All(said => said.Function != verdict.Function || said.Rule != verdict.Rule))
            {
                verdicts.Add(verdict);
                heard("policy", $"{function.Name}: {string.Join('\n', verdict.Why)}\n");
            }

            return verdict.Terms;
        }
        catch (JsonException)
        {
            // What is no JSON names no columns; the function itself says what is wrong with it.
            return RehearsalTerms.Free;
        }
    }

    private RehearsedRun Refused(RehearsalSite? site, FunctionManifest function) => RehearsedRun.Failed(site?.Name, function.Name, RunCodes.PolicyRefused,
        string.Join('\n', verdicts.Last(verdict => verdict.Function == function.Name).Why));

    private async Task<RehearsedRun> RunAsync(RehearsalSite? site, FunctionManifest function, ReadOnlyMemory<byte> arguments,
        RehearsalTerms terms, ISubtasks? subtasks, string root, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        var folder = AnalysisFolder.Of(root, code.Runtime);
        folder.Create();
        var data = site is null || function.Data.Count == 0 ? null : await SnapshotAsync(site, function, arguments, terms, folder, cancellationToken);
        if (data is Extraction.Failed failed)
        {
            return RehearsedRun.Failed(site?.Name, function.Name, failed.Code, failed.Message);
        }

        var snapshot = (data as Extraction.Done)?.Snapshot;
        if (snapshot is not null && terms.Refusal(snapshot) is { } few)
        {
            return RehearsedRun.Failed(site?.Name, function.Name, RunCodes.PolicyRefused, few);
        }

        var ended = await StartAsync(site, function, arguments, snapshot, terms, subtasks, folder, cancellationToken);
        if (snapshot is not null)
        {
            ended = await RehearsalRelease.PassAsync(ended, function, arguments, snapshot, terms.Disclosure, cancellationToken);
        }

        return ended is { Failure: { } told } && snapshot is not null
            ? ended with { Failure = told with { Message = snapshot.Lines.Translate(told.Message, Label) } }
            : ended;
    }

    private async Task<RehearsedRun> StartAsync(RehearsalSite? site, FunctionManifest function, ReadOnlyMemory<byte> arguments, Snapshot? snapshot,
        RehearsalTerms terms, ISubtasks? subtasks, AnalysisFolder folder, CancellationToken cancellationToken)
    {
        using var calls = new GatewayCalls(
            new OutputStore(folder.Output, (long)terms.OutputMiB << 20),
            new RunLog(folder.Log, LogBytes) { Heard = text => heard(site?.Name, text) },
            percent => heard(site?.Name, $"{percent} %\n")) { Subtasks = subtasks };
        using var socket = folder.Listen();
        await using var egress = EgressPassage.Open(folder.Egress, terms.Egress, (long)terms.EgressMiB << 20, EgressDial.Real);
        RuntimeEnd end;
        await using (await RunGateway.StartAsync(socket, calls, cancellationToken))
        {
            var run = RunFile(site?.Name, function, snapshot, terms, subtasks, socket, folder);
            await folder.WriteAsync(run, arguments, cancellationToken);
            folder.Open();
            end = await code.Runtime.RunAsync(
                new RuntimeJob(code.Code, $"{run.Run}-1", folder.Root, folder.Shown, folder.RunFile, socket.Folder, terms.Limits,
                    said => calls.Log.Append(said.Span))
                {
                    Demands = terms.Demands,
                    Doors = egress.Doors,
                    Variables = egress.Variables,
                    GatewaySocket = socket.Path,
                }, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return RehearsedRun.Of(site?.Name, function.Name, end, calls, terms);
    }

    private static async Task<Extraction> SnapshotAsync(RehearsalSite site, FunctionManifest function, ReadOnlyMemory<byte> arguments,
        RehearsalTerms terms, AnalysisFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var asked = AskedColumns.Of(function, [new DataRef { Label = Label, Kind = DataKind.Source, Id = site.Name }], arguments);
            return await SourcesReader.OfFile(site.Name, site.Path).Open()
                .ExtractAsync(new(asked.GetValueOrDefault(Label), terms.Columns), Path.Combine(folder.Data, $"{Label}.{DataFormats.Csv}"), cancellationToken);
        }
        catch (JsonException e)
        {
            return new Extraction.Failed(RunCodes.ArgumentsInvalid, "The arguments are not one JSON value: " + e.Message);
        }
    }

    private RunFile RunFile(string? site, FunctionManifest function, Snapshot? snapshot, RehearsalTerms terms, ISubtasks? subtasks,
        RunSocket socket, AnalysisFolder folder) => new()
        {
            V = Protocol.Algorithms.RunFile.CurrentVersion,
            Run = RunId.New(time),
            Algorithm = "bundle:sha256:" + new string('0', 64),
            Function = function.Name,
            Site = site,
            Arguments = folder.Seen(folder.Arguments),
            Data = snapshot is null ? [] : [new RunData
            {
                Label = Label, Path = folder.Seen(snapshot.Path), Format = snapshot.Format, Schema = snapshot.Columns, Options = snapshot.Options,
            }],
            Sites = subtasks?.Names,
            Gateway = folder.AddressOf(socket),
            Disclosure = terms.Disclosure.IsOff ? null : terms.Disclosure,
            Limits = new() { OutputBytes = (long)terms.OutputMiB << 20, LogBytes = LogBytes, MemoryBytes = (long)terms.Limits.MemoryMiB << 20 },
        };
}
