using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Disclosure;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>What a run is given to read, and what the receipt says of it.</summary>
/// <param name="Files">Snapshots.</param>
/// <param name="Used">For the receipt.</param>
/// <param name="Lines">By label, where the snapshots' lines stand in the sources' files.</param>
internal sealed record PreparedData(
    IReadOnlyList<RunData> Files, IReadOnlyList<DatasetUsed> Used, IReadOnlyDictionary<string, LineMap> Lines)
{
    /// <summary>By label.</summary>
    public IReadOnlyDictionary<string, Snapshot> Snapshots { get; init; } = new Dictionary<string, Snapshot>();

    /// <summary>Where it is remembered which rows answers were about; null if nothing is.</summary>
    public AnswerMemory? Memory { get; init; }

    /// <summary>By source or frame, which rows this is; null where that can't be told.</summary>
    public IReadOnlyList<(string Data, IReadOnlyList<RowScope>? Scopes)> Seen { get; init; } = [];
}

/// <summary>Takes snapshots of what the run may see, and refuses data that are too few or not the ones asked for.</summary>
internal sealed class DataPreparation(
    SourceBook sources, FrameShelf? frames = null, AnalysisSettings? settings = null, AnswerMemory? memory = null)
{
    public Task<Step<PreparedData>> PrepareAsync(
        RunOrder order, RunPermit permit, string folder, CancellationToken cancellationToken) => PrepareAsync(order, permit,
        data => ExtractAsync(order, data, permit, folder, cancellationToken));

    /// <summary>Takes snapshots that lie there already, and holds them against this run's rule all the same.</summary>
    public Task<Step<PreparedData>> PrepareAsync(RunOrder order, RunPermit permit, IReadOnlyDictionary<string, Snapshot> taken) =>
        PrepareAsync(order, permit, data => Task.FromResult<Extraction>(new Extraction.Done(taken[data.Label])));

    private async Task<Step<PreparedData>> PrepareAsync(RunOrder order, RunPermit permit, Func<DataRef, Task<Extraction>> extract)
    {
        if (DictionaryBinding.Refusal(order.Manifest.Data, sources, settings?.Site) is { } mismatch)
        {
            return new Step<PreparedData>.End(new RunEnd.Refused(RunCodes.DataUnavailable, "dictionary", mismatch, new ExecutionFacts { Decision = permit.Decision }));
        }

        var snapshots = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        var files = new List<RunData>();
        var used = new List<DatasetUsed>();
        var lines = new Dictionary<string, LineMap>(StringComparer.Ordinal);
        foreach (var data in order.Manifest.Data)
        {
            var facts = new ExecutionFacts { Decision = permit.Decision, Datasets = used };
            switch (await extract(data))
            {
                case Extraction.Failed failed:
                    return new Step<PreparedData>.End(new RunEnd.Failed(failed.Code, failed.Message, null, facts));
                case Extraction.Done { Snapshot: var snapshot }:
                    if (Refusal(data, permit, snapshot, facts) is { } end)
                    {
                        return new Step<PreparedData>.End(end);
                    }

                    files.Add(File(data, snapshot));
                    snapshots[data.Label] = snapshot;
                    lines[data.Label] = snapshot.Lines;
                    used.Add(new DatasetUsed(data.Label, data.Id, data.Version, snapshot.Content, permit.Rule.Disclosure.Blur(snapshot.Rows), snapshot.Mapping));
                    break;
            }
        }

        return new Step<PreparedData>.Next(new PreparedData(files, used, lines)
        {
            Snapshots = snapshots,
            Memory = memory,
            Seen = [.. order.Manifest.Data.Select(data => (data.Id, snapshots[data.Label].Scopes))],
        });
    }

    private async Task<Extraction> ExtractAsync(RunOrder order, DataRef data, RunPermit permit, string folder, CancellationToken cancellationToken)
    {
        var watch = memory?.Watch(permit.Rule.Memory, data.Kind == DataKind.Frame ? null : data.Id);
        var choice = new ColumnChoice(permit.Columns.GetValueOrDefault(data.Label), permit.Rule.Data.FirstOrDefault(d => d.Source == data.Id)?.Columns)
        {
            Watch = watch,
            WithKeys = watch is not null && permit.Function?.Kind == FunctionKind.Prepare,
        };
        return await ExtractAsync(order, data, permit, choice, folder, cancellationToken) switch
        {
            Extraction.Done { Snapshot: var taken } => new Extraction.Done(taken with { Scopes = watch?.Scopes(taken.Rows), HasKeys = choice.WithKeys }),
            var failed => failed,
        };
    }

    private async Task<Extraction> ExtractAsync(
        RunOrder order, DataRef data, RunPermit permit, ColumnChoice choice, string folder, CancellationToken cancellationToken)
    {
        if (data.Kind == DataKind.Frame)
        {
            return await FrameExtraction.ExtractAsync(frames, order, permit, data, choice, PathOf(DataFormats.Csv), cancellationToken);
        }

        if (!sources.TryFind(data.Id, out var source))
        {
            return new Extraction.Failed(RunCodes.DataUnavailable,
                $"This node has no source '{data.Id}', though its policy speaks of one. The node's admin declares sources in node.yaml.");
        }

        var inParquet = permit.TakesParquet && source.WritesParquet;
        return await source.ExtractAsync(choice with { InParquet = inParquet }, PathOf(inParquet ? DataFormats.Parquet : DataFormats.Csv), cancellationToken);

        string PathOf(string format) => Path.Combine(folder, $"{data.Label}.{format}");
    }

    private static RunEnd? Refusal(DataRef data, RunPermit permit, Snapshot snapshot, ExecutionFacts facts)
    {
        if (PinnedContent.Refusal(data, snapshot.Content) is { } other)
        {
            return new RunEnd.Refused(RunCodes.DataUnavailable, "data", other, facts);
        }

        if (snapshot.Rows == 0)
        {
            return new RunEnd.Failed(RunCodes.DataInvalid,
                $"Source '{data.Id}' ({snapshot.Lines.File}) has no rows: there is a header and nothing below it. The node's admin should look at the file.", null, facts);
        }

        return MinimumRows.Refusal(permit.Rule, data.Id, snapshot.Rows) is { } few
            ? new RunEnd.Refused(RunCodes.PolicyRefused, permit.Rule.Name, few, facts)
            : null;
    }

    private static RunData File(DataRef data, Snapshot snapshot) => new()
    {
        Label = data.Label,
        Path = snapshot.Path,
        Format = snapshot.Format,
        Schema = snapshot.Columns,
        Options = snapshot.Options,
    };
}
