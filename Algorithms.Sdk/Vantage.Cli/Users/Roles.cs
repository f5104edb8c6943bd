using Vantage.Protocol.Api;

namespace Vantage.Cli.Users;

/// <summary>The roles as people write them.</summary>
internal static class Roles
{
    private static readonly (string Name, Role Role)[] Table =
        [("admin", Role.Admin), ("organization-admin", Role.OrganizationAdmin), ("researcher", Role.Researcher)];

    public static string[] Names { get; } = [.. Table.Select(row => row.Name)];

    public static Role Parse(string name) => Table.Single(row => row.Name == name).Role;

    public static string Name(Role role) => Table.Single(row => row.Role == role).Name;
}
