using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Who may do what to accounts and their tokens. Nobody hands out more than they administer: the Coordinator's admins
/// everything, an organization's admin the two roles within it. Null allows.
/// </summary>
internal static class AccountRules
{
    private static readonly Role[] WithinAnOrganization = [Role.OrganizationAdmin, Role.Researcher];

    public static Refusal? MayCreate(UserCaller caller, OrganizationId? organization, IReadOnlyCollection<Role> roles) => caller switch
    {
        { IsAdmin: true } => null,
        _ when organization is not { } own || !caller.Is(Role.OrganizationAdmin, own) =>
            Refusal.Forbidden("You can make accounts only in an organization that you are an admin of."),
        _ when roles.Except(WithinAnOrganization).Any() =>
            Refusal.Forbidden("An organization's admin can give the roles organization-admin and researcher only."),
        _ => null,
    };

    /// <param name="caller">Who asks.</param>
    /// <param name="account">Whose account.</param>
    /// <param name="organization">The account's; null for the Coordinator's admins.</param>
    public static Refusal? MaySee(UserCaller caller, UserId account, OrganizationId? organization) =>
        caller.IsAdmin || caller.User == account || (organization is not null && organization == caller.Organization)
            ? null
            : Refusal.NotFound(account);

    /// <summary>Their certificates (which only the organization's root can have issued) and their tokens.</summary>
    public static Refusal? MayManage(UserCaller caller, UserId account, OrganizationId? organization) =>
        MaySee(caller, account, organization)
        ?? (caller.IsAdmin || caller.User == account || (organization is { } own && caller.Is(Role.OrganizationAdmin, own))
            ? null
            : Refusal.Forbidden("Only the account's owner or an admin of the organization may do this."));
}
