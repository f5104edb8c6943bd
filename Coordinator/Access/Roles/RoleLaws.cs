using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Access.Roles;

/// <summary>What an organization's own role may look like.</summary>
internal static class RoleLaws
{
    private const int LongestDescription = 500;

    public static IEnumerable<(string Member, string Rule)> Check(string name, string? description, IReadOnlyList<string> rules)
    {
        foreach (var broken in Names.Check("name", name))
            yield return broken;
        if (Role.TryParse(name.ToLowerInvariant(), out _))
            yield return ("name", "not that of a role which every Coordinator knows, nor an id");
        if (description?.Length > LongestDescription)
            yield return ("description", $"at most {LongestDescription} characters");
        if (rules.Count == 0)
            yield return ("rules", "at least one; 'vantage role rules' lists them");
        foreach (var text in rules.Where(text => !Rule.TryParse(text, out _)).Take(10))
            yield return ("rules", $"'{Excerpt(text)}' is none; 'vantage role rules' lists them");
        if (rules.Any(text => Rule.TryParse(text, out var rule) && rule.Scope == Scope.Global))
            yield return ("rules", "none that is global: only the Coordinator's admins reach beyond an organization");
        if (rules.Any(text => Rule.TryParse(text, out var rule) && rule.Permission.Operation == Operation.Execute))
            yield return ("rules", "not run.execute: only nodes work on runs");
    }

    private static string Excerpt(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
