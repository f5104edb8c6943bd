using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Dictionaries.Checking;
using Vantage.NodeAgent.Data.Previews;
using Vantage.NodeAgent.Disclosure;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;

/// <summary>
/// The functions of <c>dictionary</c>. To everyone else each is a run like any other, judged, with a receipt; but the node does
/// it itself, and says of the data what may be said of them whatever the values are.
/// </summary>
internal sealed class DictionaryWork(SourceBook sources, AnalysisSettings settings, TimeProvider time)
{
    public static bool IsFor(RunOrder order, RunPermit permit) => order.Manifest.Algorithm is { Kind: AlgorithmKind.Builtin, Name: DictionaryFunctions.Algorithm }
        && permit.Function?.Kind == Protocol.Algorithms.FunctionKind.Prepare;

    public async Task<RunEnd> ExecuteAsync(RunOrder order, RunPermit permit, IRunProgress progress, CancellationToken stop)
    {
        var facts = new ExecutionFacts(time.GetUtcNow()) { Decision = permit.Decision };
        if (order.Manifest.Data is not [{ Kind: DataKind.Source } data])
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid, $"'{order.Manifest.Function}' is about one source: name it with --data, and nothing else.", null, facts);
        }

        if (!sources.TryFind(data.Id, out var source))
        {
            return new RunEnd.Failed(RunCodes.DataUnavailable, $"This node has no source '{data.Id}', though its policy speaks of one.", null, facts);
        }

        if (DictionaryBinding.Refusal(order.Manifest.Data, sources, settings.Site) is { } mismatch)
        {
            return new RunEnd.Refused(RunCodes.DataUnavailable, "dictionary", mismatch, facts);
        }

        progress.Phase(RunPhase.Running);
        var folder = Path.Combine(order.WorkDirectory, "data");
        Durable.CreateFolder(folder);
        var looked = new LookedAt(data, source, Path.Combine(folder, "raw"), permit.Rule, permit.Rule.Data.First(grant => grant.Source == data.Id).Columns, facts);
        try
        {
            return AnalysisApproval.BeforeRelease(order, permit, order.Manifest.Function == DictionaryFunctions.Status
                ? await StatusAsync(order, looked, stop)
                : await PreviewAsync(order, looked, stop));
        }
        catch (SourceException e)
        {
            return new RunEnd.Failed(e.Code, e.Message, null, facts with { FinishedAt = time.GetUtcNow() });
        }
    }

    private async Task<RunEnd> StatusAsync(RunOrder order, LookedAt at, CancellationToken stop)
    {
        if (at.Source is not MappedSource mapped)
        {
            // Of such data there is nothing to say, so they were not looked at.
            return await ToldAsync(order, new StatusReport([]), DictionariesJson.Default.StatusReport, at.Facts, stop);
        }

        var found = await mapped.FindAsync(at.Scratch, stop);
        return Objection(at, found.Content, found.Rows)
            ?? await ToldAsync(order, StatusOf(mapped.Mapping, found, at.Allowed), DictionariesJson.Default.StatusReport, at.Saw(found.Content, found.Rows, found.Mapping), stop);
    }

    private static StatusReport StatusOf(SourceMapping mapping, SourceFindings found, IReadOnlySet<string>? allowed) =>
        new([.. mapping.Dictionary.Variables.Where(variable => allowed?.Contains(variable.Name) ?? true).Select(variable => StateOf(mapping, variable, found))], mapping.Dictionary.Ref);

    private static VariableState StateOf(SourceMapping mapping, Variable variable, SourceFindings found)
    {
        if (found.Found.GetValueOrDefault(variable.Name) is not { } there)
        {
            // That the site meant to have it is for everybody; what its columns are called is not.
            return new(variable.Name, VariableStatus.Missing, Found: mapping.Says(variable) && !mapping.Of(variable).IsAbsent ? "nothing, though the site's mapping names what it is made of" : null);
        }

        var view = VariableView.Of(mapping, there);
        return new(view.Name, view.Status, view.MissingPercent, view.Found);
    }

    private async Task<RunEnd> PreviewAsync(RunOrder order, LookedAt at, CancellationToken stop)
    {
        if (at.Rule.Preview != PreviewConsent.Allow)
        {
            return new RunEnd.Refused(RunCodes.PolicyRefused, at.Rule.Name,
                $"Rule '{at.Rule.Name}' of this node's policy lets no made-up rows be drawn of its data ('preview: allow').", at.Facts);
        }

        if (Read(order) is not { Rows: >= 1 and <= DictionaryFunctions.MostRows } asked)
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid,
                $"The arguments of 'preview' are {{\"rows\": 100, \"seed\": 1, \"columns\": [\"age\"]}}, with 1 to {DictionaryFunctions.MostRows} rows.", null, at.Facts);
        }

        // What the rule asks of a count holds for what stands behind a level or an interval too.
        var minimum = Math.Max(VariableFindings.Fewest, at.Rule.MinimumRows);
        var (csv, from) = await Preview.DrawAsync(at.Source, new ColumnChoice(asked.Columns, at.Allowed), asked.Rows, (ulong)asked.Seed, minimum, at.Scratch, stop);
        return Objection(at, from.Content, from.Rows)
            ?? await ToldAsync(order, new PreviewReport(true, csv), DictionariesJson.Default.PreviewReport, at.Saw(from.Content, from.Rows, from.Mapping), stop);
    }

    private RunEnd.Refused? Objection(LookedAt at, Digest content, long rows) =>
        PinnedContent.Refusal(at.Data, content) is { } other ? new RunEnd.Refused(RunCodes.DataUnavailable, "data", other, at.Facts with { FinishedAt = time.GetUtcNow() })
        : MinimumRows.Refusal(at.Rule, at.Data.Id, rows) is { } few ? new RunEnd.Refused(RunCodes.PolicyRefused, at.Rule.Name, few, at.Facts with { FinishedAt = time.GetUtcNow() })
        : null;

    private static PreviewArguments? Read(RunOrder order)
    {
        try
        {
            return JsonSerializer.Deserialize(order.Arguments.Span, DictionariesJson.Default.PreviewArguments);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task<RunEnd> ToldAsync<T>(RunOrder order, T result, JsonTypeInfo<T> type, ExecutionFacts facts, CancellationToken stop) =>
        SessionWork.ToldAsync(order, result, type, facts with { FinishedAt = time.GetUtcNow() }, stop);
}
