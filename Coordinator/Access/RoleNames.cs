using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Access;

/// <summary>Roles as the database spells them, which is how they travel.</summary>
internal static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Admin => "admin",
        Role.OrganizationAdmin => "organization-admin",
        Role.Researcher => "researcher",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    public static Role Parse(string name) => name switch
    {
        "admin" => Role.Admin,
        "organization-admin" => Role.OrganizationAdmin,
        "researcher" => Role.Researcher,
        _ => throw new InvalidOperationException($"The database knows a role '{name}' that this program does not."),
    };
}
