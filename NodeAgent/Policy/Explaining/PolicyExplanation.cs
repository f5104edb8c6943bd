namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>What <c>policy explain</c> answers.</summary>
/// <param name="Version">Of the policy, as receipts name it.</param>
/// <param name="Rule">The rule that accepts; null if none does.</param>
/// <param name="Why">Lines of text, for the node's admin: they say what the policy allows besides.</param>
internal sealed record PolicyExplanation(string Version, bool Accepted, string? Rule, IReadOnlyList<string> Why)
{
    public static PolicyExplanation Of(PolicyState state, PolicyFacts facts)
    {
        if (state is not PolicyState.Readable readable)
        {
            var problems = ((PolicyState.Broken)state).Problems;
            return new(state.Version, false, null, ["refused: the policy can't be used", .. problems.Select(p => $"  {p}")]);
        }

        var verdict = PolicyJudge.Decide(readable.Policy, facts);
        var accepted = verdict as PolicyVerdict.Accepted;
        var lines = PolicySentences.ForTheAdmin(verdict).ToList();
        if (accepted is not null && !readable.Policy.AllowsProcesses)
        {
            lines.Add("  but nothing can run yet: the policy does not agree to algorithms as ordinary processes ('runtime.process')");
        }

        return new(readable.Version, accepted is not null, accepted?.Rule.Name, lines);
    }
}
