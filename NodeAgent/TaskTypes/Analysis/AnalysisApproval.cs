using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>Where the deciding rule wants a person's word, and what that word is to be about.</summary>
internal static class AnalysisApproval
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(ApprovalRule.DefaultHours);

    /// <summary>Null if nobody has to agree, or somebody has, to exactly this.</summary>
    public static RunEnd? BeforeRun(RunOrder order, RunPermit permit)
    {
        if (permit.Rule.Approval is not { BeforeRun: true } approval)
        {
            return null;
        }

        var asked = Case(ApprovalGate.BeforeRun, order, permit);
        return order.BeforeRun?.Allows(asked.Subject()) == true
            ? null
            : new RunEnd.Waits(new ApprovalQuestion(asked, approval.Within), new ExecutionFacts { Decision = permit.Decision });
    }

    /// <summary>Whatever holds words or numbers of the algorithm waits; that it failed, and with which code, does not.</summary>
    /// <param name="order">The run.</param>
    /// <param name="permit">What it was allowed.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="isUnjudged">No rule of disclosure control could be applied to the output, so it takes a person.</param>
    public static RunEnd BeforeRelease(RunOrder order, RunPermit permit, RunEnd end, bool isUnjudged = false) =>
        (permit.Rule.Approval is { BeforeRelease: true } || permit.HeldForRelease || isUnjudged) && HoldsContent(permit.Rule, end)
            ? end with { Asks = new ApprovalQuestion(Case(ApprovalGate.BeforeRelease, order, permit), permit.Rule.Approval?.Within ?? Usual) }
            : end;

    private static bool HoldsContent(AcceptRule rule, RunEnd end) => end switch
    {
        RunEnd.Succeeded => true,
        RunEnd.Failed => rule.Errors == ErrorRelease.Release || end.LogPath is not null,
        _ => false,
    };

    private static ApprovalCase Case(ApprovalGate gate, RunOrder order, RunPermit permit) => ApprovalCase.Of(gate, order, permit.Rule.Name,
    [
        .. order.Manifest.Data.Select(data => new CaseData(data.Label, data.Kind == DataKind.Frame ? $"{order.Manifest.Session}/{data.Id}" : data.Id, Columns(permit, data.Label, data.Id))),
    ]) with
    {
        Publisher = permit.Image?.Publisher,
        Egress = permit.Egress is [] ? null : [.. permit.Egress.Select(grant => new CaseEgress(grant.Name, grant.Authority))],
    };

    /// <summary>What the arguments name; without names, all that the rule allows.</summary>
    private static List<string>? Columns(RunPermit permit, string label, string source) =>
        permit.Columns.TryGetValue(label, out var named)
            ? [.. named]
            : permit.Rule.Data.FirstOrDefault(grant => grant.Source == source)?.Columns?.Order(StringComparer.Ordinal).ToList();
}
