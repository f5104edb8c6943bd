using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>Writes what a person's groups give, in the name of the provider: all of it, whatever was there before.</summary>
internal static class ProvidedRoles
{
    public static string ActorOf(string provider) => $"provider {provider}";

    /// <summary>An organization's own role that is not there (any more) gives nothing.</summary>
    public static async Task SetAsync(UnitOfWork unit, string provider, LinkedAccount account, string[] roles, CancellationToken cancellationToken)
    {
        // One of the Coordinator's admins is that alone and can't be less: without the group, nothing of it opens anything.
        if (account.Organization is not { } organization)
            return;
        var wanted = roles.Select(role => Role.TryParse(role, out var known) ? known : null).OfType<Role>().ToList();
        var defaults = wanted.Where(role => role.Custom is null).Select(role => role.Name).ToArray();
        var own = wanted.Select(role => role.Custom).OfType<RoleId>().Select(id => id.Value).ToArray();
        var changed = await ExecuteAsync(unit, "UPDATE account SET roles = $2 WHERE id = $1 AND NOT (roles @> $2 AND roles <@ $2)",
                [account.Id.Value, defaults], cancellationToken)
            + await ExecuteAsync(unit, "DELETE FROM account_role WHERE account_id = $1 AND role_id <> ALL ($2)", [account.Id.Value, own], cancellationToken)
            + await ExecuteAsync(unit, """
                INSERT INTO account_role (account_id, role_id, organization_id)
                SELECT $1, r.id, r.organization_id FROM role r WHERE r.id = ANY ($2) AND r.organization_id = $3 ON CONFLICT DO NOTHING
                """, [account.Id.Value, own, organization.Value], cancellationToken);
        if (changed > 0)
            await unit.RecordAsync(ActorOf(provider), "user.give-roles", account.Id, cancellationToken, organization: account.Organization);
    }

    /// <summary>All that opens anything for them: tokens and sessions.</summary>
    public static async Task EndAsync(UnitOfWork unit, LinkedAccount account, CancellationToken cancellationToken)
    {
        await ExecuteAsync(unit, "UPDATE api_token SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL", [account.Id.Value], cancellationToken);
        await ExecuteAsync(unit, "DELETE FROM account_session WHERE account_id = $1", [account.Id.Value], cancellationToken);
    }

    private static async Task<int> ExecuteAsync(UnitOfWork unit, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
