using Vantage.NodeAgent.Disclosure;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// A verdict in words. The asker reads what stands against the request; what else the policy allows is the node
/// owner's own matter and is shown to the node's admin only.
/// </summary>
internal static class PolicySentences
{
    private const string WhomToTalkTo =
        "The node's admin decides what it accepts: talk to them, or ask for what the rule allows.";

    public static string ForTheAsker(PolicyVerdict.Refused refused) => refused.Closest switch
    {
        [] => "This node's policy accepts nothing yet. " + WhomToTalkTo,
        [var only] => $"Rule '{only.Rule}' of this node's policy comes closest and does not accept this: "
            + $"{Problems(only)}. {WhomToTalkTo}",
        var several => "No rule of this node's policy accepts this. "
            + string.Join(" ", several.Take(3).Select(r => $"Rule '{r.Rule}': {Problems(r)}.")) + " " + WhomToTalkTo,
    };

    /// <summary>Lines of text, for <c>vantage node policy explain</c>.</summary>
    public static IReadOnlyList<string> ForTheAdmin(PolicyVerdict verdict) => verdict switch
    {
        PolicyVerdict.Accepted { Rule: var rule } =>
        [
            $"accepted by rule '{rule.Name}'",
            $"  limits: {rule.Limits.Cpu} cores, {rule.Limits.MemoryMiB} MiB memory, {rule.Limits.DiskMiB} MiB disk, "
            + $"{rule.Limits.TimeSeconds} s, {rule.Limits.OutputMiB} MiB output"
            + (rule.Limits.Accelerators > 0 ? $", {rule.Limits.Accelerators} accelerators" : ""),
            $"  minimum rows: {rule.MinimumRows}",
            $"  disclosure control: {DisclosureWords.Of(rule.Disclosure, rule.Memory)}",
            .. rule.Publishers.Count > 0 ? [$"  images: if they are signed by {string.Join(" or ", rule.Publishers)}"] : Array.Empty<string>(),
            .. rule.Data.Select(d => $"  data: {d.Source}, "
                + (d.Columns is null ? "all columns" : "columns " + string.Join(", ", d.Columns))),
            .. rule.Subtasks == SubtaskHosting.Allow ? ["  subtasks: a central function may ask other nodes from here"] : Array.Empty<string>(),
            .. rule.Approval is { } approval ? [Approval(approval)] : Array.Empty<string>(),
            $"  logs: {(rule.Logs == LogRelease.Release ? "released, sealed for the recipients" : "withheld")}",
            $"  errors: {(rule.Errors == ErrorRelease.Release ? "released, sealed for the recipients" : "code, function and line only")}",
        ],
        PolicyVerdict.Refused { Closest: [] } => ["refused: the policy has no rule, so it accepts nothing"],
        PolicyVerdict.Refused refused =>
        [
            $"refused: {PolicyVerdict.NoRule}; closest:",
            .. refused.Closest.SelectMany(r => (IEnumerable<string>)
                [$"  rule '{r.Rule}'", .. r.Objections.Select(o => $"    {o.Line}: {o.Problem} (allowed: {o.Allows})")]),
        ],
        _ => throw new InvalidOperationException($"No words for {verdict}."),
    };

    private static string Approval(ApprovalRule approval) => "  approval: a person of this site "
        + (approval.BeforeRun, approval.BeforeRelease) switch
        {
            (true, true) => "before the run and before its result leaves",
            (true, false) => "before the run",
            _ => "before its result leaves",
        } + $", within {approval.Within.TotalHours} hours";

    private static string Problems(RuleRefusal refusal) => string.Join("; ", refusal.Objections.Select(o => o.Problem));
}
