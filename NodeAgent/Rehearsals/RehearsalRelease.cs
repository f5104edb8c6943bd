using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>
/// What would become of a result at a node with this policy: the same filter, and then the central function sees what would have left.
/// Where a person would have to look, the author is told so, and the rehearsal goes on as if that person had let it pass.
/// </summary>
internal static class RehearsalRelease
{
    public static async Task<RehearsedRun> PassAsync(
        RehearsedRun run, FunctionManifest function, ReadOnlyMemory<byte> arguments, Snapshot snapshot, DisclosureRules rules, CancellationToken cancellationToken)
    {
        if (run.Output is not { } path || rules.IsOff)
        {
            return run;
        }

        switch (Judge(run, function, arguments, snapshot, rules))
        {
            case OutputVerdict.Passes passes:
                await File.WriteAllBytesAsync(path, passes.Bytes, cancellationToken);
                return run with
                {
                    Size = passes.Bytes.Length,
                    Result = JsonElement.Parse(passes.Bytes.Span),
                    Leaves = passes.HeldBack == 0 ? "leaves" : $"leaves; it says that it held back {passes.HeldBack} values",
                };
            case OutputVerdict.Refused refused:
                return RehearsedRun.Failed(run.Site, run.Function, RunCodes.PolicyRefused, $"The result would stay at the site, since {refused.Why} ({refused.Rule}).");
            case OutputVerdict.Undeclared undeclared:
                return run with { Leaves = $"waits for a person at the site, since {undeclared.Why}" };
            case var other:
                throw new InvalidOperationException($"No end for {other}.");
        }
    }

    private static OutputVerdict Judge(
        RehearsedRun run, FunctionManifest function, ReadOnlyMemory<byte> arguments, Snapshot snapshot, DisclosureRules rules) =>
        (function.Result, run.Result) is ({ } schema, { } result)
            ? OutputFilter.Judge(schema, result, new OutputFacts(
                rules, snapshot.Rows, snapshot.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal))
            {
                Digits = Math.Min(OutputRelease.ForeignDigits, rules.Digits),
            }.Knowing(arguments))
            : new OutputVerdict.Undeclared("its result is no JSON with a schema");
}
