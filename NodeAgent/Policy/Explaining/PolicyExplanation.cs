using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>What <c>policy explain</c> answers.</summary>
/// <param name="Version">Of the policy, as receipts name it.</param>
/// <param name="Rule">The rule that accepts; null if none does.</param>
/// <param name="Why">Lines of text, for the node's admin: they say what the policy allows besides.</param>
internal sealed record PolicyExplanation(string Version, bool Accepted, string? Rule, IReadOnlyList<string> Why)
{
    /// <summary>For a request that came: its part for this node.</summary>
    public RunId? Run { get; init; }

    /// <summary>Of several questions in one task: which one, counted from 1.</summary>
    public int? Call { get; init; }

    /// <summary>Of such a one: what it calls.</summary>
    public string? Function { get; init; }

    /// <summary>What each rule says, in the order of the file.</summary>
    public IReadOnlyList<RuleWord> Rules { get; init; } = [];

    /// <summary>What each of the data would meet by itself.</summary>
    public IReadOnlyList<DataWord> Data { get; init; } = [];

    public static PolicyExplanation Of(PolicyState state, PolicyFacts facts)
    {
        if (state is not PolicyState.Readable readable)
        {
            var problems = ((PolicyState.Broken)state).Problems;
            return new(state.Version, false, null, ["refused: the policy can't be used", .. problems.Select(p => $"  {p}")]);
        }

        var verdict = PolicyJudge.Decide(readable.Policy, facts);
        var accepted = verdict as PolicyVerdict.Accepted;
        var data = facts.Data.Select(item => DataWord.Of(readable.Policy, facts, item)).ToList();
        var lines = PolicySentences.ForTheAdmin(verdict).Concat(data.Select(word => word.Sentence)).ToList();
        if (accepted is not null && !RunsSomewhere(readable.Policy, facts.Algorithm.Kind))
        {
            lines.Add(facts.Algorithm.Kind == AlgorithmKind.Oci
                ? "  but nothing can run yet: the policy does not allow containers ('runtime.docker: allow')"
                : "  but nothing can run yet: the policy does not agree to algorithms as ordinary processes ('runtime.process')");
        }

        return new(readable.Version, accepted is not null, accepted?.Rule.Name, lines)
        {
            Rules = [.. readable.Policy.Accept.Select(rule => new RuleWord(rule.Name, [.. RuleObjections.Of(rule, facts)]))],
            Data = data,
        };
    }

    private static bool RunsSomewhere(NodePolicy policy, AlgorithmKind kind) =>
        kind == AlgorithmKind.Oci ? policy.Docker is not null : policy.AllowsProcesses;
}

/// <summary>What one rule says to a request: it accepts if it has no objection.</summary>
internal sealed record RuleWord(string Rule, IReadOnlyList<RuleObjection> Objections);

/// <summary>The rule that would decide if the request were about this alone.</summary>
/// <param name="Rule">Null if none accepts.</param>
/// <param name="Columns">What the run would see of it; null for all.</param>
internal sealed record DataWord(string Label, string Source, string? Rule, IReadOnlyList<string>? Columns, string Sentence)
{
    public static DataWord Of(NodePolicy policy, PolicyFacts facts, Protocol.Manifests.DataRef item)
    {
        if (PolicyJudge.Decide(policy, facts with { Data = [item] }) is not PolicyVerdict.Accepted { Rule: var rule })
        {
            return new(item.Label, item.Id, null, null, $"  by itself, {item.Id} would meet no rule that accepts");
        }

        var columns = facts.Columns.TryGetValue(item.Label, out var named)
            ? named
            : rule.Data.FirstOrDefault(grant => grant.Source == item.Id)?.Columns?.Order(StringComparer.Ordinal).ToList();
        return new(item.Label, item.Id, rule.Name, columns,
            $"  by itself, {item.Id} would be decided by rule '{rule.Name}': {(columns is null ? "all columns" : string.Join(", ", columns))}");
    }
}
