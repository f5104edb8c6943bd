using Vantage.NodeAgent.Policy.Arguments;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy;

/// <summary>Every line of a rule that does not hold for a request. A rule accepts if and only if there is none.</summary>
internal static class RuleObjections
{
    public static IEnumerable<RuleObjection> Of(AcceptRule rule, PolicyFacts facts) =>
        Who(rule, facts).Concat(What(rule, facts)).Concat(OnWhat(rule, facts)).Concat(Outward(rule, facts)).Concat(ArgumentObjections.Of(rule, facts)).Concat(HowMuch(rule.Limits, facts.Resources));

    private static IEnumerable<RuleObjection> Who(AcceptRule rule, PolicyFacts facts)
    {
        if (!rule.Collaborations.Contains(facts.Collaboration))
        {
            yield return Unlisted("collaborations", $"collaboration {facts.Collaboration}", rule.Collaborations);
        }

        bool Allows(IReadOnlySet<OrganizationId> listed, bool members, OrganizationId organization) =>
            listed.Contains(organization) || (members && facts.Members.Contains(organization));

        if (!Allows(rule.Requesters.Organizations, rule.Members.Ask, facts.Organization))
        {
            yield return Unlisted("requesters.organizations", $"organization {facts.Organization}",
                Named(rule.Requesters.Organizations, rule.Members.Ask));
        }

        if (rule.Requesters.Users is { } users && !users.Contains(facts.User))
        {
            yield return Unlisted("requesters.users", $"user {facts.User}", users);
        }

        if (facts.Delegate is { } asker && !Allows(rule.Delegates, rule.Members.Delegate, asker))
        {
            yield return Unlisted("delegates.organizations", $"delegate's organization {asker}",
                Named(rule.Delegates, rule.Members.Delegate));
        }

        if (facts.Delegates && rule.Subtasks != SubtaskHosting.Allow)
        {
            yield return new("subtasks", "a central function here that asks other nodes is not allowed", "nothing");
        }

        foreach (var reader in facts.Recipients.Distinct().Where(r => !Allows(rule.Recipients, rule.Members.Read, r)))
        {
            yield return Unlisted("recipients.organizations", $"recipient's organization {reader}",
                Named(rule.Recipients, rule.Members.Read));
        }

        // A result without a reader is nothing anyone may ask for; well-formed manifests have one.
        if (facts.Recipients.Count == 0)
        {
            yield return new("recipients.organizations", "the request names no recipient", "at least one");
        }
    }

    private static IEnumerable<RuleObjection> What(AcceptRule rule, PolicyFacts facts)
    {
        if (facts.Type != TaskType.Analysis)
        {
            yield return new("accept", $"rules of version 1 are about analyses, and this is of another type ({facts.Type})",
                "analysis");
        }

        if (!rule.Algorithms.Any(a => a.Matches(facts.Algorithm)))
        {
            yield return Unlisted("algorithms", $"algorithm {facts.Algorithm}", rule.Algorithms);
        }

        if (rule.Functions is { } functions && !functions.Contains(facts.Function))
        {
            yield return Unlisted("functions", $"function '{facts.Function}'", functions);
        }

        if (rule.Purposes is { } purposes && !(facts.Purpose is { } purpose && purposes.Contains(purpose)))
        {
            yield return Unlisted("purposes", facts.Purpose is null ? "a request without a purpose" : "this purpose", purposes);
        }

        if (rule.ProjectCodes is { } codes && !(facts.ProjectCode is { } code && codes.Contains(code)))
        {
            yield return Unlisted("projectCodes",
                facts.ProjectCode is null ? "a request without a project code" : "this project code", codes);
        }
    }

    private static IEnumerable<RuleObjection> OnWhat(AcceptRule rule, PolicyFacts facts)
    {
        if (facts.Session is not null && rule.Sessions != SessionConsent.Allow)
        {
            yield return new("sessions", "keeping prepared data here between tasks is not allowed", "nothing");
        }

        foreach (var data in facts.Data)
        {
            if (data.Kind == DataKind.Frame)
            {
                if (FrameGrants.Objection(rule, facts, data) is { } objection)
                {
                    yield return objection;
                }
            }
            else if (data.Kind != DataKind.Source)
            {
                yield return new("data", $"'{data.Id}' is not a source, and rules of version 1 are about sources", "sources");
            }
            else if (rule.Data.FirstOrDefault(d => d.Source == data.Id) is not { } grant)
            {
                yield return Unlisted("data", $"source '{data.Id}'", rule.Data.Select(d => d.Source));
            }
            else if (grant.Columns is { } columns && facts.Columns.TryGetValue(data.Label, out var asked)
                && asked.Where(c => !columns.Contains(c)).ToList() is { Count: > 0 } others)
            {
                yield return Unlisted($"data ({data.Id}).columns",
                    "column " + string.Join(", ", others.Select(c => $"'{c}'")), columns);
            }
        }
    }

    private static IEnumerable<RuleObjection> Outward(AcceptRule rule, PolicyFacts facts) => facts.Egress
        .Where(name => rule.Egress.All(grant => grant.Name != name))
        .Select(name => Unlisted("egress", $"egress '{name}'", rule.Egress.Select(grant => grant.Name)));

    private static IEnumerable<RuleObjection> HowMuch(RuleLimits limits, ResourceRequest ask)
    {
        (string Line, double Asked, double Limit, string Unit)[] lines =
        [
            ("limits.cpu", ask.Cpu, limits.Cpu, "cores"),
            ("limits.memoryMiB", ask.MemoryMiB, limits.MemoryMiB, "MiB"),
            ("limits.diskMiB", ask.DiskMiB, limits.DiskMiB, "MiB"),
            ("limits.timeSeconds", ask.TimeSeconds, limits.TimeSeconds, "s"),
            ("limits.accelerators", ask.Accelerators, limits.Accelerators, "accelerators"),
        ];
        // "Not at most" instead of "more than", so that a NaN is refused.
        return lines
            .Where(l => !(l.Asked <= l.Limit))
            .Select(l => new RuleObjection(l.Line, $"asks for {l.Asked} {l.Unit}, at most {l.Limit} are allowed",
                $"up to {l.Limit} {l.Unit}"));
    }

    private static IEnumerable<string> Named(IReadOnlySet<OrganizationId> listed, bool members) =>
        listed.Select(id => id.ToString()).Concat(members ? ["the charter's members"] : []);

    private static RuleObjection Unlisted<T>(string line, string asked, IEnumerable<T> listed) =>
        new(line, $"{asked} is not listed", string.Join(", ", listed) is { Length: > 0 } all ? all : "nothing");
}
