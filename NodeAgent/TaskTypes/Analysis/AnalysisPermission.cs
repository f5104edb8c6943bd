using System.Text.Json;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// What must be settled before data are touched: that the node has the code, that the code has the function, that the
/// policy agrees to the columns, and that it agrees to the way algorithms run here.
/// </summary>
internal sealed class AnalysisPermission(WorkerCatalogue catalogue, PolicyGate gate)
{
    public const string ConsentRule = "runtime.process";

    public async Task<Step<RunPermit>> AskAsync(RunOrder order, CancellationToken cancellationToken) =>
        await catalogue.ResolveAsync(order.Manifest.Algorithm, cancellationToken) switch
        {
            AlgorithmResolution.Missing { Code: RunCodes.RuntimeUnavailable } broken => End(Failed(broken.Code, broken.Message)),
            AlgorithmResolution.Missing missing => End(new RunEnd.Refused(missing.Code, "algorithms of this node", missing.Message, new())),
            AlgorithmResolution.Found found => Ask(order, found.Manifest),
            var other => throw new InvalidOperationException($"No step for {other}."),
        };

    private Step<RunPermit> Ask(RunOrder order, AlgorithmManifest algorithm)
    {
        var asked = order.Manifest.Function;
        if (algorithm.Functions.FirstOrDefault(f => f.Name == asked) is not { } function)
        {
            return End(Failed(RunCodes.AlgorithmUnknown, $"'{algorithm.Name}' has no function '{asked}'. It has: "
                + string.Join(", ", algorithm.Functions.Select(f => f.Name)) + "."));
        }

        if (Misfit(function, order.Manifest) is { } misfit)
        {
            return End(Failed(RunCodes.ArgumentsInvalid, misfit));
        }

        try
        {
            return Judge(order, AskedColumns.Of(function, order.Manifest.Data, order.Arguments));
        }
        catch (JsonException e)
        {
            return End(Failed(RunCodes.ArgumentsInvalid, "The arguments are not one JSON value: " + e.Message));
        }
    }

    /// <summary>A central function asks others and sees no data; all others see data and ask nobody.</summary>
    private static string? Misfit(FunctionManifest function, TaskManifest manifest) => (function.Kind, manifest) switch
    {
        (FunctionKind.Central, { Delegation: null }) => $"'{function.Name}' is a central function, and the task delegates nothing to this "
            + "node, so it could ask nobody: run it in your own program, or with 'vantage task run --central-at'.",
        (FunctionKind.Central, { Data.Count: > 0 }) => $"'{function.Name}' is a central function and sees no data here: name the data in the "
            + "delegation, for what it asks of the sites.",
        (FunctionKind.Central, _) => null,
        (_, { Delegation: not null }) => $"'{function.Name}' is no central function, so there is nothing that it could delegate.",
        _ => null,
    };

    private Step<RunPermit> Judge(RunOrder order, IReadOnlyDictionary<string, IReadOnlyList<string>> columns)
    {
        var (decision, policy, rule) = gate.Judge(PolicyFacts.Of(order.Manifest, order.Requester) with { Columns = columns });
        var facts = new ExecutionFacts { Decision = decision };
        if (decision is PolicyDecision.Refused refused)
        {
            return End(new RunEnd.Refused(RunCodes.PolicyRefused, refused.Rule, refused.Message, facts));
        }

        if (!policy.AllowsProcesses)
        {
            return End(new RunEnd.Refused(RunCodes.RuntimeUnavailable, ConsentRule,
                "This node can run algorithms as ordinary processes only, without a sandbox, and its policy does not agree to that."
                + " The node's admin finds the sentence to write in docs/policy.md.", facts));
        }

        return new Step<RunPermit>.Next(new RunPermit(rule!, (PolicyDecision.Allowed)decision, columns));
    }

    private static RunEnd.Failed Failed(string code, string message) => new(code, message, null, new ExecutionFacts());

    private static Step<RunPermit>.End End(RunEnd how) => new(how);
}
