using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// The last thing that happens to an output before it is sealed or shown to a person: it is held against the rule's disclosure
/// control, and what leaves is written anew.
/// </summary>
internal static class OutputRelease
{
    /// <summary>Numbers of code that is not the node's own, and declares no digits: enough for any table.</summary>
    public const int ForeignDigits = 9;

    public static async Task<RunEnd> PassAsync(RunOrder order, RunPermit permit, PreparedData data, RunEnd end, CancellationToken cancellationToken) =>
        MemoryRelease.Pass(order, permit, data, await HoldAsync(order, permit, data, end, cancellationToken),
            waits => AnalysisApproval.BeforeRelease(order, permit, waits, isUnjudged: true));

    private static async Task<RunEnd> HoldAsync(RunOrder order, RunPermit permit, PreparedData data, RunEnd end, CancellationToken cancellationToken)
    {
        var rules = permit.Rule.Disclosure;
        // A central function sees no data: what it was given has passed at each site.
        if (end is not RunEnd.Succeeded output || rules.IsOff || permit.Function?.Kind == FunctionKind.Central)
        {
            return AnalysisApproval.BeforeRelease(order, permit, end);
        }

        if (output.Size > (long)rules.OutputKiB << 10)
        {
            return TooLarge(order, permit, output);
        }

        var bytes = await File.ReadAllBytesAsync(output.OutputPath, cancellationToken);
        var (passed, leaves) = Pass(order, permit, data, output, bytes);
        if (leaves is { } written)
        {
            Durable.Replace(output.OutputPath, written.Span);
        }

        return passed;
    }

    /// <summary>The same of an output in memory: how it ends, and what of it leaves, written anew; null if that is the output as it is, or nothing.</summary>
    public static (RunEnd End, ReadOnlyMemory<byte>? Leaves) Pass(
        RunOrder order, RunPermit permit, PreparedData data, RunEnd.Succeeded output, ReadOnlyMemory<byte> bytes)
    {
        var rules = permit.Rule.Disclosure;
        if (rules.IsOff)
        {
            return (AnalysisApproval.BeforeRelease(order, permit, output), null);
        }

        if (bytes.Length > (long)rules.OutputKiB << 10)
        {
            return (TooLarge(order, permit, output), null);
        }

        switch (Judge(bytes, permit, Facts(order, permit, data)))
        {
            case OutputVerdict.Passes passes:
                return (AnalysisApproval.BeforeRelease(order, permit, output with
                {
                    Size = passes.Bytes.Length,
                    Digest = Digest.Of(passes.Bytes.Span),
                    Facts = output.Facts with { HeldBack = passes.HeldBack },
                    Told = passes.Told,
                }), passes.Bytes);
            case OutputVerdict.Undeclared:
                return (AnalysisApproval.BeforeRelease(order, permit, output, isUnjudged: true), null);
            case OutputVerdict.Refused refused:
                return (Refused(order, permit, output, refused.Rule, refused.Why), null);
            case var other:
                throw new InvalidOperationException($"No end for {other}.");
        }
    }

    private static OutputVerdict Judge(ReadOnlyMemory<byte> bytes, RunPermit permit, OutputFacts facts)
    {
        if (permit.Function?.Result is not { } schema)
        {
            return new OutputVerdict.Undeclared("its result is no JSON with a schema");
        }

        try
        {
            using var output = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return OutputFilter.Judge(schema, output.RootElement, facts);
        }
        catch (JsonException)
        {
            return new OutputVerdict.Refused("schema", "it is not one JSON value");
        }
    }

    private static OutputFacts Facts(RunOrder order, RunPermit permit, PreparedData data) => new OutputFacts(
        permit.Rule.Disclosure,
        data.Snapshots.Values.Sum(table => table.Rows),
        data.Snapshots.Values.SelectMany(table => table.Columns.Select(column => column.Name)).ToHashSet(StringComparer.Ordinal))
    {
        Digits = order.Manifest.Algorithm.Kind == AlgorithmKind.Builtin
            ? permit.Rule.Disclosure.Digits
            : Math.Min(ForeignDigits, permit.Rule.Disclosure.Digits),
        IsVouched = permit.Image?.Sidecar is not null,
    }.Knowing(order.Arguments);

    private static RunEnd.Refused TooLarge(RunOrder order, RunPermit permit, RunEnd.Succeeded output) =>
        Refused(order, permit, output, "output-size", $"the result is larger than {permit.Rule.Disclosure.OutputKiB} KiB");

    private static RunEnd.Refused Refused(RunOrder order, RunPermit permit, RunEnd.Succeeded output, string rule, string why) => new(
        RunCodes.PolicyRefused, permit.Rule.Name,
        $"The result of '{order.Manifest.Function}' stays here, since {why} (disclosure control of rule '{permit.Rule.Name}', {rule}). Nothing of it"
        + " left. Ask about more rows or fewer groups, or talk to the node's admin.", output.Facts with { HeldBack = 1 }, output.LogPath);
}
