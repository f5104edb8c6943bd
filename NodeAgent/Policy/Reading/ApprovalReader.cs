using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>approval:</c> of a rule: whether a person is asked, when, and how long they have.</summary>
internal static class ApprovalReader
{
    private const int MostHours = 400 * 24;

    public static ApprovalRule? Read(YamlSection rule)
    {
        var within = TimeSpan.FromHours(rule.Number("approvalHours", ApprovalRule.DefaultHours, 1, MostHours));
        var word = rule.Text("approval");
        if (word is null or "none")
        {
            if (rule.Has("approvalHours"))
            {
                rule.Problem("approvalHours", "'approvalHours' is for rules with an 'approval' line; this one asks nobody.");
            }

            return null;
        }

        if (word is not ("before-run" or "before-release" or "both"))
        {
            rule.Problem("approval", "'approval' is none, before-run, before-release or both.");
        }

        return new ApprovalRule(word != "before-release", word != "before-run", within);
    }
}
