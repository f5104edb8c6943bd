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
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;

/// <summary>
/// The functions of <c>dictionary</c>. To everyone else each is a run like any other, judged, with a receipt; but the node does
/// it itself, and says of the data what may be said of them whatever the values are.
/// </summary>
internal sealed class DictionaryWork(SourceBook sources, TimeProvider time)
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

        progress.Phase(RunPhase.Running);
        var folder = Path.Combine(order.WorkDirectory, "data");
        Durable.CreateFolder(folder);
        var allowed = permit.Rule.Data.First(grant => grant.Source == data.Id).Columns;
        try
        {
            return AnalysisApproval.BeforeRelease(order, permit, order.Manifest.Function == DictionaryFunctions.Status
                ? await StatusAsync(order, permit.Rule, source, allowed, Path.Combine(folder, "raw"), facts, stop)
                : await PreviewAsync(order, permit.Rule, source, allowed, Path.Combine(folder, "raw"), facts, stop));
        }
        catch (SourceException e)
        {
            return new RunEnd.Failed(e.Code, e.Message, null, facts with { FinishedAt = time.GetUtcNow() });
        }
    }

    private async Task<RunEnd> StatusAsync(RunOrder order, AcceptRule rule, IDataSource source, IReadOnlySet<string>? allowed, string path, ExecutionFacts facts, CancellationToken stop)
    {
        if (source is not MappedSource mapped)
        {
            return await ToldAsync(order, new StatusReport([]), DictionariesJson.Default.StatusReport, facts, stop);
        }

        var (findings, _, failed) = await mapped.FindAsync(path, stop);
        if (failed is not null)
        {
            return new RunEnd.Failed(failed.Code, failed.Message, null, facts with { FinishedAt = time.GetUtcNow() });
        }

        if (findings.Count > 0 && MinimumRows.Refusal(rule, source.Id, findings[0].Rows) is { } few)
        {
            return new RunEnd.Refused(RunCodes.PolicyRefused, rule.Name, few, facts with { FinishedAt = time.GetUtcNow() });
        }

        var states = mapped.Mapping.Dictionary.Variables.Where(variable => allowed?.Contains(variable.Name) ?? true).Select(variable =>
            findings.FirstOrDefault(found => found.Variable == variable) is { } there && VariableView.Of(mapped.Mapping, there) is var view
                ? new VariableState(view.Name, view.Status, view.MissingPercent, view.Found)
                : new VariableState(variable.Name, VariableStatus.Missing));
        return await ToldAsync(order, new StatusReport([.. states], mapped.Mapping.Dictionary.Ref), DictionariesJson.Default.StatusReport, facts, stop);
    }

    private async Task<RunEnd> PreviewAsync(RunOrder order, AcceptRule rule, IDataSource source, IReadOnlySet<string>? allowed, string path, ExecutionFacts facts, CancellationToken stop)
    {
        if (rule.Preview != PreviewConsent.Allow)
        {
            return new RunEnd.Refused(RunCodes.PolicyRefused, rule.Name,
                $"Rule '{rule.Name}' of this node's policy lets no made-up rows be drawn of its data ('preview: allow').", facts);
        }

        if (Read(order) is not { Rows: >= 1 and <= DictionaryFunctions.MostRows } asked)
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid,
                $"The arguments of 'preview' are {{\"rows\": 100, \"seed\": 1, \"columns\": [\"age\"]}}, with 1 to {DictionaryFunctions.MostRows} rows.", null, facts);
        }

        // What the rule asks of a count holds for what stands behind a level or an interval too.
        var minimum = Math.Max(VariableFindings.Fewest, rule.MinimumRows);
        var csv = await Preview.DrawAsync(source, new ColumnChoice(asked.Columns, allowed), asked.Rows, (ulong)asked.Seed, minimum, path, stop);
        return await ToldAsync(order, new PreviewReport(true, csv), DictionariesJson.Default.PreviewReport, facts, stop);
    }

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
