using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>policy.yaml, version 1. Anything that is not understood makes the whole file invalid: see docs/policy.md.</summary>
internal static class PolicyReader
{
    /// <summary>Throws <see cref="SettingsException"/> with everything that is wrong with the file.</summary>
    /// <param name="file">How error texts call it.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="coordinator">Of the node that is to follow it; null where somebody only looks at it.</param>
    public static NodePolicy Read(string file, string text, Uri? coordinator = null) =>
        YamlFile.Parse(file, text, root => Read(root, coordinator?.IsLoopback ?? true));

    private static NodePolicy Read(YamlSection root, bool isSandbox)
    {
        if (root.RequiredText("version", "the version of this format, 1") is { Length: > 0 } version && version != "1")
        {
            root.Problem("version", "this node reads version 1.");
        }

        var (processes, docker, warm) = RuntimeReader.Read(root);
        var publishers = PublishersReader.Read(root);
        var reviewers = ReviewersReader.Read(root);
        var rules = new List<AcceptRule>();
        foreach (var section in root.Sections("accept"))
        {
            var rule = RuleReader.Read(section);
            if (rule.Name.Length > 0 && rules.Any(r => r.Name == rule.Name))
            {
                section.Problem("name", $"A rule before this one is named '{rule.Name}' too: receipts could not tell them apart.");
            }

            if (rule.Disclosure.IsOff && !isSandbox)
            {
                section.Problem("disclosure", "'disclosure: off' is for a sandbox, whose Coordinator is on this machine. This node serves others:"
                    + " say acro, datashield, or lines of your own.");
            }

            PublishersReader.Check(section, rule, publishers);
            ReviewersReader.Check(section, rule, reviewers);
            rules.Add(rule);
        }

        root.Done();
        return new NodePolicy(rules, processes, docker) { Publishers = publishers, Reviewers = reviewers, AllowsWarm = warm };
    }
}
