namespace Vantage.NodeAgent.Policy;

/// <summary>Decides. Pure: the same policy and facts always give the same verdict.</summary>
internal static class PolicyJudge
{
    public static PolicyVerdict Decide(NodePolicy policy, PolicyFacts facts)
    {
        var refusals = new List<RuleRefusal>(policy.Accept.Count);
        foreach (var rule in policy.Accept)
        {
            var objections = RuleObjections.Of(rule, facts).ToList();
            if (objections.Count == 0)
            {
                return new PolicyVerdict.Accepted(rule);
            }

            refusals.Add(new(rule.Name, objections));
        }

        var fewest = refusals.Select(r => r.Objections.Count).DefaultIfEmpty().Min();
        return new PolicyVerdict.Refused([.. refusals.Where(r => r.Objections.Count == fewest)]);
    }
}
