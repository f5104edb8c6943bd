using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Calls;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// Judges a request before its data are known. The executor asks again with the columns that the arguments name: the
/// later word decides.
/// </summary>
internal sealed class PolicyGate(PolicyBook book, CharterBoard? charters = null, FrameShelf? frames = null) : IPolicyGate
{
    public const string UnreadableRule = "policy unreadable";

    /// <summary>What a run of several calls is let in by: each of them is then judged by itself.</summary>
    public const string EachCallRule = "each call by itself";

    public PolicyDecision Decide(RunQuestion question) => CallBatch.IsFor(question.Manifest)
        ? book.Current() is PolicyState.Readable { Version: var version } ? new PolicyDecision.Allowed(version, EachCallRule) : Unreadable(book.Current().Version)
        : Judge(PolicyFacts.Of(question.Manifest, question.Requester) with { Arguments = question.Arguments }).Decision;

    /// <summary>The decision and, if a rule accepts, the policy and the rule whose terms then hold.</summary>
    public (PolicyDecision Decision, NodePolicy Policy, AcceptRule? Rule) Judge(PolicyFacts facts)
    {
        var state = book.Current();
        if (state is not PolicyState.Readable { Policy: var policy, Version: var version })
        {
            return (Unreadable(state.Version), NodePolicy.Empty, null);
        }

        return PolicyJudge.Decide(policy, (frames is null ? facts : facts.With(frames)).Among(charters?.InForce(facts.Collaboration))) switch
        {
            PolicyVerdict.Accepted { Rule: var rule } => (new PolicyDecision.Allowed(version, rule.Name), policy, rule),
            PolicyVerdict.Refused refused => (new PolicyDecision.Refused(version, refused.RuleName,
                PolicySentences.ForTheAsker(refused)), policy, null),
            var other => throw new InvalidOperationException($"No decision for {other}."),
        };
    }

    private static PolicyDecision.Refused Unreadable(string version) => new(version, UnreadableRule,
        "This node's policy file can't be used at the moment, so the node accepts nothing new. Its admin finds the reason"
        + " in the node's log and with 'vantage node check'; ask again when it is mended.");
}
