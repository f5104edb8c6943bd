using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Images.Reviews;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Reviews;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The policy's <c>reviewers:</c>, whose approvals rules can count on. Their roots have to be pinned.</summary>
internal static class ReviewersReader
{
    private const int MostReviewers = 100;

    public static IReadOnlyList<ReviewerGroup> Read(YamlSection root)
    {
        var groups = new List<ReviewerGroup>();
        foreach (var item in root.Sections("reviewers"))
        {
            var group = ReadOne(item);
            if (groups.Exists(g => g.Name == group.Name))
            {
                item.Problem("name", $"Reviewers before these are named '{group.Name}' too: rules could not tell them apart.");
            }

            groups.Add(group);
        }

        return groups;
    }

    public static void Check(YamlSection section, AcceptRule rule, IReadOnlyList<ReviewerGroup> groups) =>
        RuleLists.RequireKnown(section, "reviewers", rule.Reviewers, [.. groups.Select(g => g.Name)]);

    private static ReviewerGroup ReadOne(YamlSection item)
    {
        var name = item.RequiredText("name", "rules, refusals and receipts name the reviewers");
        var rule = new ReviewRule
        {
            Organizations = RuleLists.Ids<OrganizationId>(item, "organizations"),
            Reviewers = item.Has("users") ? RuleLists.Ids<UserId>(item, "users") : null,
            AtLeast = item.Number("atLeast", 1, 1, MostReviewers),
            FromOrganizations = item.Number("fromOrganizations", 1, 1, MostReviewers),
        };
        if (!rule.CanBeMet)
        {
            item.Problem("atLeast", $"Nobody could meet this: {rule.AtLeast} reviewers from {rule.FromOrganizations} organizations are asked for, and"
                + $" {(rule.Reviewers is { } people ? $"{people.Count} people of " : "")}{rule.Organizations.Count} organizations are listed.");
        }

        item.Done();
        return new(name, rule);
    }
}
