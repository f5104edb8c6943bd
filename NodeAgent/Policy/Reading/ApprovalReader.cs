using System.Globalization;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>approval:</c> of a rule: whether a person is asked, when, and how long they have.</summary>
internal static class ApprovalReader
{
    private const int MostHours = 400 * 24;

    public static ApprovalRule? Read(YamlSection rule)
    {
        var within = TimeSpan.FromHours(Hours(rule));
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

    private static double Hours(YamlSection rule)
    {
        if (rule.Text("approvalHours") is not { } text)
        {
            return ApprovalRule.DefaultHours;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= MostHours)
        {
            return hours;
        }

        rule.Problem("approvalHours", $"'approvalHours' is a number above 0, such as 24 or 0.5, and at most {MostHours}.");
        return ApprovalRule.DefaultHours;
    }
}
