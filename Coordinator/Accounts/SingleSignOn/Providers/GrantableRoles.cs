using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>The roles that groups of a provider can stand for: those that every Coordinator knows, and the organization's own.</summary>
internal static class GrantableRoles
{
    public static readonly string CoordinatorAdmin = Role.Admin.Name;

    public static string List => string.Join(", ", Role.Defaults) + ", and the ids (rol_…) of the organization's own";

    public static bool Knows(string role) => Role.TryParse(role, out _);

    /// <summary>The roles of all groups that somebody is in; sorted, so that equal rights look equal.</summary>
    public static string[] Of(ProviderSettings provider, IEnumerable<string> groups) =>
        [.. groups.SelectMany(group => provider.Roles.GetValueOrDefault(group) ?? []).Distinct().Order(StringComparer.Ordinal)];
}
