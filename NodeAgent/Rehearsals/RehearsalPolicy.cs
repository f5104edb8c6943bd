using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>
/// A site's own policy.yaml, asked as its node would ask it. Nobody signs a rehearsal, so somebody is supposed whom the
/// policy lets ask; everything else is the request's own: code, function, arguments, columns, places outside, resources.
/// </summary>
internal sealed class RehearsalPolicy
{
    private readonly PolicyState.Readable state;
    private readonly AlgorithmRef algorithm;
    private readonly string source;

    private RehearsalPolicy(PolicyState.Readable state, AlgorithmRef algorithm, string source) =>
        (this.state, this.algorithm, this.source) = (state, algorithm, source);

    /// <param name="path">The policy.</param>
    /// <param name="name">What the code is to be taken for: an exact reference, or one without its digest.</param>
    /// <param name="source">What each file stands for; null for the only source that the policy names.</param>
    public static RehearsalPolicy Read(string path, string name, string? source) => new PolicyBook(path, NullLogger<PolicyBook>.Instance).Current() switch
    {
        PolicyState.Readable readable => new(readable, Reference(name), source ?? OnlySource(readable.Policy)),
        PolicyState.Broken broken => throw CommandFailure.Configuration(
            $"The policy can't be used:\n{string.Join('\n', broken.Problems)}"),
        var other => throw new InvalidOperationException($"No reading of {other}."),
    };

    /// <param name="function">Which is to run.</param>
    /// <param name="arguments">One JSON value.</param>
    /// <param name="isAsked">By a central function, which runs at a node.</param>
    public RehearsedVerdict Judge(FunctionManifest function, ReadOnlyMemory<byte> arguments, bool isAsked)
    {
        var verdicts = state.Policy.Accept.Select(rule => Facts(rule, function, arguments, isAsked))
            .Select(facts => PolicyJudge.Decide(state.Policy, facts)).ToList();
        var verdict = verdicts.FirstOrDefault(one => one is PolicyVerdict.Accepted)
            ?? verdicts.OfType<PolicyVerdict.Refused>().OrderBy(one => one.Closest.Min(rule => rule.Objections.Count)).FirstOrDefault()
            ?? (PolicyVerdict)new PolicyVerdict.Refused([]);
        var why = PolicySentences.ForTheAdmin(verdict);
        return verdict is not PolicyVerdict.Accepted { Rule: var rule } ? new(function.Name, state.Version, null, why)
            : !RunsSomewhere() ? new(function.Name, state.Version, null, [.. why, "  but nothing can run yet: the policy does not allow it ('runtime')"])
            : new(function.Name, state.Version, rule.Name, why) { Terms = RehearsalTerms.Of(state.Policy, rule, source, new ResourceRequest(), function.Egress ?? []) };
    }

    private bool RunsSomewhere() => algorithm.Kind == AlgorithmKind.Oci ? state.Policy.Docker is not null : state.Policy.AllowsProcesses;

    private PolicyFacts Facts(AcceptRule rule, FunctionManifest function, ReadOnlyMemory<byte> arguments, bool isAsked)
    {
        var isCentral = function.Kind == FunctionKind.Central;
        IReadOnlyList<DataRef> data = isCentral ? [] : [new DataRef { Label = RehearsalStage.Label, Kind = DataKind.Source, Id = source }];
        var asker = rule.Requesters.Organizations.FirstOrDefault();
        var reader = isAsked ? rule.Delegates.FirstOrDefault() : rule.Recipients.Contains(asker) ? asker : rule.Recipients.FirstOrDefault();
        return new PolicyFacts
        {
            Type = TaskType.Analysis,
            Collaboration = rule.Collaborations.FirstOrDefault(),
            Organization = asker,
            User = rule.Requesters.Users?.FirstOrDefault() ?? default,
            Delegate = isAsked ? rule.Delegates.FirstOrDefault() : null,
            Delegates = isCentral,
            Algorithm = algorithm,
            Function = function.Name,
            Data = data,
            Columns = AskedColumns.Of(function, data, arguments),
            Arguments = arguments,
            Egress = function.Egress ?? [],
            Recipients = [reader],
            Purpose = rule.Purposes?.FirstOrDefault(),
            ProjectCode = rule.ProjectCodes?.FirstOrDefault(),
            Resources = new ResourceRequest(),
        };
    }

    private static AlgorithmRef Reference(string name) =>
        new[] { name, $"{name}@sha256:{new string('0', 64)}", $"{name}+sha256:{new string('0', 64)}" }
            .Select(text => AlgorithmRef.TryParse(text, out var reference) ? reference : null).FirstOrDefault(found => found is not null)
        ?? throw CommandFailure.Usage($"--as: '{name}' is no algorithm: expected oci:HOST/REPOSITORY, with a digest if the policy names one, or builtin:NAME@VERSION.");

    private static string OnlySource(NodePolicy policy) =>
        policy.Accept.SelectMany(rule => rule.Data).Select(grant => grant.Source).Distinct(StringComparer.Ordinal).ToList() is [var only]
            ? only
            : throw CommandFailure.Usage("The policy names several sources, or none: say with --source ID which of them the files stand for.");
}

/// <summary>What the policy says to one function.</summary>
/// <param name="Version">Of the policy, as receipts name it.</param>
/// <param name="Rule">The rule that accepts; null if none does.</param>
/// <param name="Why">Lines of text, for whoever wrote the policy.</param>
internal sealed record RehearsedVerdict(string Function, string Version, string? Rule, IReadOnlyList<string> Why)
{
    /// <summary>What a run is then held to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RehearsalTerms? Terms { get; init; }
}
