using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>
/// Roles: what accounts may do. All methods throw <see cref="Errors.VantageException"/>; nobody gives what they lack.
/// </summary>
public sealed class RolesApi
{
    private readonly RestChannel rest;

    internal RolesApi(RestChannel rest) => this.rest = rest;

    /// <summary>Those that every Coordinator knows, then the organization's own.</summary>
    public IAsyncEnumerable<RoleInfo> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Roles, ProtocolJson.Default.PageRoleInfo, cancellationToken);

    /// <summary>Everything that a role can give.</summary>
    public IAsyncEnumerable<RuleInfo> ListRulesAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Rules, ProtocolJson.Default.PageRuleInfo, cancellationToken);

    /// <summary>One role.</summary>
    /// <exception cref="Errors.VantageException">There is none, or it is not visible to you.</exception>
    public Task<RoleInfo> GetAsync(Role role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return rest.GetAsync($"{Routes.Roles}/{role.Name}", ProtocolJson.Default.RoleInfo, cancellationToken);
    }

    /// <summary>A new role of an organization, of rules that the caller has.</summary>
    public Task<RoleInfo> CreateAsync(CreateRole role, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Roles, role, ProtocolJson.Default.CreateRole, ProtocolJson.Default.RoleInfo, cancellationToken);

    /// <summary>Replaces what the role says; whoever has it has at once what it says now.</summary>
    public Task<RoleInfo> EditAsync(RoleId id, EditRole role, CancellationToken cancellationToken = default) =>
        rest.PutAsync($"{Routes.Roles}/{id}", role, ProtocolJson.Default.EditRole, ProtocolJson.Default.RoleInfo, cancellationToken);

    /// <summary>Deletes a role that no account has any more.</summary>
    public Task DeleteAsync(RoleId id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative($"{Routes.Roles}/{id}")), cancellationToken);

    /// <summary>Gives an account exactly these roles.</summary>
    public Task<User> GiveAsync(UserId user, IReadOnlyList<Role> roles, CancellationToken cancellationToken = default) =>
        rest.PutAsync($"{Routes.Users}/{user}/roles", new GiveRoles(roles), ProtocolJson.Default.GiveRoles, ProtocolJson.Default.User,
            cancellationToken);
}
