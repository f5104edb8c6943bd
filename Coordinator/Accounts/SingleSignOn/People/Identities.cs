using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>An account by which somebody at a provider works here.</summary>
internal sealed record LinkedAccount(UserId Id, OrganizationId? Organization)
{
    public TenantScope Scope => TenantScope.Of(Organization ?? TenantScope.CoordinatorItself);
}

/// <summary>Finds accounts by what a provider calls their owners, and by nothing else.</summary>
internal static class Identities
{
    public static async Task<LinkedAccount?> FindAsync(Database database, string issuer, string subject, CancellationToken cancellationToken,
        bool isService = false)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT * FROM find_identity($1, $2, $3)");
        command.Parameters.Add(new() { Value = issuer });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = isService });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LinkedAccount(new UserId(reader.GetGuid(0)), reader.IsDBNull(1) ? null : new OrganizationId(reader.GetGuid(1)))
            : null;
    }
}
