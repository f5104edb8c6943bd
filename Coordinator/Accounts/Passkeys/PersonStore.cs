using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>
/// What Identity's passkey handler reads, from our tables under row-level security. It is only read through this: what
/// changes is written, and recorded, by the handlers of this folder.
/// </summary>
internal sealed class PersonStore(Database database) : IUserPasskeyStore<Person>
{
    /// <summary>Of the request; a sign-in has none until the passkey's owner is found.</summary>
    public TenantScope Scope { get; set; } = TenantScope.Nothing;

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Id.TryParse(userId, out UserId id))
            return null;
        await using var unit = await database.BeginAsync(Scope, cancellationToken);
        return await unit.Context.Accounts.Where(row => row.Id == id.Value)
            .Select(row => new Person(userId, row.Name, row.OrganizationId, row.DisabledAt != null)).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT * FROM find_passkey_owner($1)");
        command.Parameters.Add(new() { Value = credentialId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;
        var organization = row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1);
        Scope = TenantScope.Of(organization is { } own ? new OrganizationId(own) : TenantScope.CoordinatorItself);
        return new Person(new UserId(row.GetGuid(0)).ToString(), row.GetString(2), organization, row.GetBoolean(3));
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(Scope, cancellationToken);
        var id = Id.Parse<UserId>(user.Id).Value;
        return [.. (await unit.Context.Passkeys.AsNoTracking().Where(row => row.AccountId == id).ToListAsync(cancellationToken)).Select(row => row.ToInfo())];
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(Scope, cancellationToken);
        var id = Id.Parse<UserId>(user.Id).Value;
        return (await unit.Context.Passkeys.AsNoTracking().FirstOrDefaultAsync(
            row => row.AccountId == id && row.Id == credentialId, cancellationToken))?.ToInfo();
    }

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly;

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly;

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => throw ReadOnly;

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly;

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw ReadOnly;

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw ReadOnly;

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw ReadOnly;

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadOnly;

    public void Dispose()
    {
        // Holds nothing: each question opens and ends its own transaction.
    }

    private static NotSupportedException ReadOnly => new("Identity only reads here; Accounts writes.");
}
