using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>
/// One item of <c>accept:</c>. The lines that say who, what and for whom are required: leaving one out is no wildcard.
/// </summary>
internal static class RuleReader
{
    private const string Members = "members";

    public static AcceptRule Read(YamlSection rule)
    {
        var (requesters, ask) = Requesters(rule);
        var (recipients, reads) = Organizations(rule, "recipients", "whose people may read results");
        var (delegates, delegated) = rule.Has("delegates")
            ? Organizations(rule, "delegates", "whose nodes may ask in the requester's name")
            : ([], false);
        var (disclosure, memory) = DisclosureReader.Read(rule);
        var read = new AcceptRule
        {
            Name = rule.RequiredText("name", "receipts and refusals name the rule"),
            Collaborations = Ids<CollaborationId>(rule, "collaborations"),
            Requesters = requesters,
            Algorithms = RuleLists.Required(rule, "algorithms", AlgorithmPattern.Expected, AlgorithmPattern.Parse),
            Publishers = RuleLists.Texts(rule, "publishers") ?? new HashSet<string>(),
            Reviewers = RuleLists.Texts(rule, "reviewers") ?? new HashSet<string>(),
            Functions = RuleLists.Functions(rule),
            Data = DataReader.Read(rule),
            Recipients = recipients,
            Purposes = RuleLists.Texts(rule, "purposes"),
            ProjectCodes = RuleLists.Texts(rule, "projectCodes"),
            Delegates = delegates,
            Members = new MemberGrant(ask, reads, delegated),
            Subtasks = RuleLists.Word(rule, "subtasks", SubtaskHosting.Refuse, ("allow", SubtaskHosting.Allow)),
            Sessions = RuleLists.Word(rule, "sessions", SessionConsent.Refuse, ("allow", SessionConsent.Allow)),
            Preview = RuleLists.Word(rule, "preview", PreviewConsent.Refuse, ("allow", PreviewConsent.Allow)),
            Egress = EgressReader.Read(rule),
            Limits = LimitsReader.Read(rule),
            Disclosure = disclosure,
            Memory = memory,
            MinimumRows = rule.Number("minimumRows", (disclosure.IsOff ? DisclosureRules.Acro : disclosure).MinimumCell, 1, int.MaxValue),
            Logs = RuleLists.Word(rule, "logs", LogRelease.Withhold, ("release", LogRelease.Release)),
            Approval = ApprovalReader.Read(rule),
            Arguments = ArgumentsReader.Read(rule),
            Errors = RuleLists.Word(rule, "errors", ErrorRelease.CodeOnly, ("release", ErrorRelease.Release)),
        };
        rule.Done();
        return read;
    }

    private static (RequesterRule Rule, bool Members) Requesters(YamlSection rule)
    {
        if (RuleLists.RequiredSection(rule, "requesters", "'organizations:' whose people may ask, and 'users:' to narrow it")
            is not { } requesters)
        {
            return (new(new HashSet<OrganizationId>(), null), false);
        }

        var (organizations, members) = IdsOrMembers(requesters);
        var users = requesters.Has("users") ? Ids<UserId>(requesters, "users") : null;
        requesters.Done();
        return (new(organizations, users), members);
    }

    private static (HashSet<OrganizationId> Listed, bool Members) Organizations(YamlSection rule, string key, string meaning)
    {
        if (RuleLists.RequiredSection(rule, key, $"'organizations:' {meaning}") is not { } section)
        {
            return ([], false);
        }

        var organizations = IdsOrMembers(section);
        section.Done();
        return organizations;
    }

    private static (HashSet<OrganizationId> Listed, bool Members) IdsOrMembers(YamlSection section)
    {
        var items = RuleLists.Required(section, "organizations",
            $"an id, '{OrganizationId.Prefix}_' and 32 lower-case hexadecimal digits; or '{Members}', whoever the collaboration's charter lists",
            text => text == Members || Id.TryParse<OrganizationId>(text, out _) ? text : null);
        return ([.. items.Where(item => item != Members).Select(Id.Parse<OrganizationId>)], items.Contains(Members));
    }

    private static HashSet<T> Ids<T>(YamlSection section, string key)
        where T : struct, IId<T> => RuleLists.Ids<T>(section, key);
}
