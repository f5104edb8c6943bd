using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>Scopes as people write them: rules, or permissions, which then go as far as the owner's.</summary>
internal static class TokenScopes
{
    public static Answer<Rights> Read(IEnumerable<string> texts, Rights held)
    {
        var rules = new List<Rule>();
        foreach (var text in texts)
        {
            if (Rule.TryParse(text, out var rule))
                rules.Add(rule);
            else if (RuleTable.Rows.FirstOrDefault(row => row.Permission.ToString() == text) is not { } row)
                return Refusal.Invalid(("scopes", $"'{Shown(text)}' is no rule: write task.view@organization, or task.view to go as far as you may"));
            else if (held[row.Permission] is { } scope)
                rules.Add(new Rule(row.Permission, scope));
            else
                return Refusal.Forbidden($"No token has more than its owner, who does not have {row.Permission} at all.");
        }

        return Rights.Of(rules);
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
