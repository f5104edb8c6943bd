using System.Text.Json;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// What must be settled before data are touched: that the node has the code, or that an image is one it may run, that the
/// code has the function, that the policy agrees to the columns, and that it agrees to the way algorithms run here.
/// </summary>
internal sealed class AnalysisPermission(WorkerCatalogue catalogue, ImageBook images, PolicyGate gate)
{
    public const string ConsentRule = "runtime.process";
    public const string DockerRule = "runtime.docker";

    /// <summary>A person is asked last of all: about what would otherwise run.</summary>
    public async Task<Step<RunPermit>> AskAsync(RunOrder order, CancellationToken cancellationToken) =>
        await (order.Manifest.Algorithm.Kind == AlgorithmKind.Oci
            ? AskForImageAsync(order, cancellationToken)
            : AskForWorkerAsync(order, cancellationToken)) switch
        {
            Step<RunPermit>.Next { Value: var permit } when AnalysisApproval.BeforeRun(order, permit) is { } waits => End(waits),
            var step => step,
        };

    private async Task<Step<RunPermit>> AskForWorkerAsync(RunOrder order, CancellationToken cancellationToken) =>
        await catalogue.ResolveAsync(order.Manifest.Algorithm, cancellationToken) switch
        {
            AlgorithmResolution.Missing { Code: RunCodes.RuntimeUnavailable } broken => End(Failed(broken.Code, broken.Message)),
            AlgorithmResolution.Missing missing => End(new RunEnd.Refused(missing.Code, "algorithms of this node", missing.Message, new())),
            AlgorithmResolution.Found found => Ask(order, found.Manifest),
            var other => throw new InvalidOperationException($"No step for {other}."),
        };

    /// <summary>
    /// The policy's word comes first: it says whose signature counts, and no registry hears of a request that is refused
    /// anyway. Once the columns are known another rule may decide, so the image is held against that one's publishers too.
    /// </summary>
    private async Task<Step<RunPermit>> AskForImageAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var (decision, policy, rule) = gate.Judge(PolicyFacts.Of(order.Manifest, order.Requester) with { Arguments = order.Arguments });
        if (decision is PolicyDecision.Refused refused)
        {
            return End(new RunEnd.Refused(RunCodes.PolicyRefused, refused.Rule, refused.Message, new() { Decision = decision }));
        }

        var facts = new ExecutionFacts { Decision = decision };
        if (Dissent(policy, AlgorithmKind.Oci, facts) is { } dissent)
        {
            return End(dissent);
        }

        return await images.ResolveAsync(order.Manifest.Algorithm, policy.TrustOf(rule!), cancellationToken) switch
        {
            ImageVerdict.Refused no => End(new RunEnd.Refused(no.Code, no.Rule, no.Message, facts)),
            ImageVerdict.Verified { Facts: var image } => Ask(order, image.Algorithm) switch
            {
                Step<RunPermit>.Next { Value: var permit } => await ConfirmAsync(order, permit, image, cancellationToken),
                var end => end,
            },
            var other => throw new InvalidOperationException($"No step for {other}."),
        };
    }

    private async Task<Step<RunPermit>> ConfirmAsync(RunOrder order, RunPermit permit, ImageFacts judged, CancellationToken cancellationToken) =>
        await images.ResolveAsync(order.Manifest.Algorithm, permit.Trust!, cancellationToken) switch
        {
            ImageVerdict.Verified { Facts.Sidecar: var sidecar } when sidecar?.Digest != judged.Sidecar?.Digest => End(Failed(RunCodes.RuntimeUnavailable,
                "The image's sidecar was replaced while the request was judged. Ask again.")),
            ImageVerdict.Verified { Facts: var facts } => new Step<RunPermit>.Next(permit with { Image = facts }),
            ImageVerdict.Refused no => End(new RunEnd.Refused(no.Code, no.Rule, no.Message, new() { Decision = permit.Decision })),
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
            return Judge(order, algorithm, function, SessionColumns.IsPrepare(function, order.Manifest)
                ? SessionColumns.Of(order.Manifest.Data, order.Arguments)
                : AskedColumns.Of(function, order.Manifest.Data, order.Arguments));
        }
        catch (StepsRefused e)
        {
            return End(Failed(RunCodes.ArgumentsInvalid, e.Message));
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

    private Step<RunPermit> Judge(
        RunOrder order, AlgorithmManifest algorithm, FunctionManifest function, IReadOnlyDictionary<string, IReadOnlyList<string>> columns)
    {
        var egress = function.Egress ?? [];
        var (decision, policy, rule) = gate.Judge(
            PolicyFacts.Of(order.Manifest, order.Requester) with { Columns = columns, Arguments = order.Arguments, Egress = egress });
        var facts = new ExecutionFacts { Decision = decision };
        if (decision is PolicyDecision.Refused refused)
        {
            return End(new RunEnd.Refused(RunCodes.PolicyRefused, refused.Rule, refused.Message, facts));
        }

        // What the node does itself starts no program, so that nobody has to have agreed to one.
        if (function.Kind != FunctionKind.Prepare && Dissent(policy, order.Manifest.Algorithm.Kind, facts) is { } dissent)
        {
            return End(dissent);
        }

        return new Step<RunPermit>.Next(new RunPermit(rule!, (PolicyDecision.Allowed)decision, columns)
        {
            Egress = [.. rule!.Egress.Where(grant => egress.Contains(grant.Name))],
            Function = function,
            Trust = policy.TrustOf(rule),
            Demands = policy.Docker?.Demands ?? new HashSet<SandboxDemand>(),
            // A way outside is one run's own, with its own account of what was used.
            Warm = algorithm.Warm is true && policy.AllowsWarm && egress.Count == 0,
            Formats = algorithm.Formats ?? [],
            TakesCalls = algorithm.Warm is true && egress.Count == 0,
        });
    }

    /// <summary>Null if the policy agrees to the way such code runs here.</summary>
    private static RunEnd.Refused? Dissent(NodePolicy policy, AlgorithmKind kind, ExecutionFacts facts) => kind switch
    {
        AlgorithmKind.Oci when policy.Docker is null => new(RunCodes.RuntimeUnavailable, DockerRule,
            "This node's policy does not allow algorithms in containers. Its admin finds in docs/policy.md what to write.", facts),
        AlgorithmKind.Oci => null,
        _ when !policy.AllowsProcesses => new(RunCodes.RuntimeUnavailable, ConsentRule,
            "Algorithms that ship with this node run as ordinary processes, without a sandbox, and its policy does not agree to that."
            + " The node's admin finds the sentence to write in docs/policy.md.", facts),
        _ => null,
    };

    private static RunEnd.Failed Failed(string code, string message) => new(code, message, null, new ExecutionFacts());

    private static Step<RunPermit>.End End(RunEnd how) => new(how);
}
