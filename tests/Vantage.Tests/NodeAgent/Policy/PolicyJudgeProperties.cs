using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Manifests;
using static Vantage.Tests.NodeAgent.Policy.PolicyWorld;

namespace Vantage.Tests.NodeAgent.Policy;

public sealed class PolicyJudgeProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void TheEmptyPolicy_AcceptsNothing() =>
        Hold(facts => PolicyJudge.Decide(NodePolicy.Empty, facts) is PolicyVerdict.Refused { Closest: [] });

    [Fact]
    public void AFurtherRule_NeverRemovesAcceptance() =>
        Prop.ForAll(Arb.From(Policies.Zip(Rules)), Arb.From(Questions), (world, facts) =>
        {
            var (policy, rule) = world;
            var before = Accepts(policy, facts);
            return !before
                || (Accepts(policy with { Accept = [rule, .. policy.Accept] }, facts)
                    && Accepts(policy with { Accept = [.. policy.Accept, rule] }, facts));
        }).Check(Many);

    [Fact]
    public void ARequestIsAccepted_ExactlyWhenEveryLineOfOneRuleHolds() =>
        Hold((policy, facts) => Accepts(policy, facts) == policy.Accept.Any(rule => EveryLineHolds(rule, facts)));

    [Fact]
    public void TheFirstRuleThatAccepts_Decides() =>
        Hold((policy, facts) => PolicyJudge.Decide(policy, facts) is not PolicyVerdict.Accepted accepted
            || accepted.Rule == policy.Accept.First(rule => EveryLineHolds(rule, facts)));

    [Fact]
    public void ASubtask_IsNeverAcceptedWhereTheSameRequestByThePersonIsNot() =>
        Hold((policy, facts) => !Accepts(policy, facts) || Accepts(policy, facts with { Delegate = null }));

    [Fact]
    public void ASubtask_MeetsEveryObjectionThatThePersonsOwnRequestMeets() =>
        Prop.ForAll(Arb.From(Rules), Arb.From(Questions), (rule, facts) =>
        {
            var own = RuleObjections.Of(rule, facts with { Delegate = null }).ToHashSet();
            return own.IsSubsetOf(RuleObjections.Of(rule, facts with { Delegate = Organizations[0] }));
        }).Check(Many);

    [Fact]
    public void EveryRecipientIsJudged_WhereverItStands() =>
        Prop.ForAll(Arb.From(Rules), Arb.From(Questions), Arb.From(Gen.Choose(0, 3)), (rule, facts, place) =>
        {
            var stranger = Organizations[2];
            var closed = rule with { Recipients = rule.Recipients.Where(r => r != stranger).ToHashSet() };
            var recipients = facts.Recipients.Where(r => r != stranger).ToList();
            recipients.Insert(Math.Min(place, recipients.Count), stranger);
            return !Accepts(new NodePolicy([closed], false), facts with { Recipients = recipients });
        }).Check(Many);

    [Fact]
    public void Generators_ReachBothVerdicts()
    {
        var verdicts = Policies.Zip(Questions).Sample(5_000, 30)
            .Select(world => Accepts(world.Item1, world.Item2))
            .ToList();

        Assert.InRange(verdicts.Count(accepted => accepted), 50, verdicts.Count - 50);
    }

    private static bool Accepts(NodePolicy policy, PolicyFacts facts) =>
        PolicyJudge.Decide(policy, facts) is PolicyVerdict.Accepted;

    /// <summary>The law once more, in other words than the product's.</summary>
    private static bool EveryLineHolds(AcceptRule rule, PolicyFacts asked) =>
        asked.Type == TaskType.Analysis
        && rule.Collaborations.Contains(asked.Collaboration)
        && rule.Requesters.Organizations.Contains(asked.Organization)
        && (rule.Requesters.Users == null || rule.Requesters.Users.Contains(asked.User))
        && (asked.Delegate == null || rule.Delegates.Contains(asked.Delegate.Value))
        && asked.Recipients.Count > 0 && asked.Recipients.All(rule.Recipients.Contains)
        && rule.Algorithms.Any(a => a.ToString() == asked.Algorithm.Text
            || a.ToString() == $"builtin:{asked.Algorithm.Name}@*"
            || a.ToString() == $"builtin:{asked.Algorithm.Name}@{asked.Algorithm.Version}")
        && (rule.Functions == null || rule.Functions.Contains(asked.Function))
        && asked.Data.All(data => rule.Data.Any(grant => grant.Source == data.Id && (grant.Columns == null
            || !asked.Columns.ContainsKey(data.Label) || asked.Columns[data.Label].All(grant.Columns.Contains))))
        && (rule.Purposes == null || (asked.Purpose != null && rule.Purposes.Contains(asked.Purpose)))
        && asked.Resources.MemoryMiB <= rule.Limits.MemoryMiB;

    private static void Hold(Func<NodePolicy, PolicyFacts, bool> law) =>
        Prop.ForAll(Arb.From(Policies), Arb.From(Questions), law).Check(Many);

    private static void Hold(Func<PolicyFacts, bool> law) => Prop.ForAll(Arb.From(Questions), law).Check(Many);
}
