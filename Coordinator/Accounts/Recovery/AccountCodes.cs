using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Recovery;

/// <summary>Whose a code is.</summary>
/// <param name="Email">Where it was sent, and so verifies by coming back.</param>
internal sealed record CodeOwner(UserId User, OrganizationId? Organization, string Name, string Login, string? Email)
{
    public TenantScope Scope => TenantScope.Of(Organization ?? TenantScope.CoordinatorItself);
}

/// <summary>What one-time codes are for, as the database spells it.</summary>
internal static class CodePurpose
{
    public const string Invitation = "invitation";
    public const string Recovery = "recovery";
    public const string Email = "email";
}

/// <summary>Issues and takes one-time codes. An account has one of each purpose: a newer one replaces it.</summary>
internal sealed class AccountCodes(Database database, TimeProvider time, RandomNumberGenerator random)
{
    public async Task<AccountCode> IssueAsync(UnitOfWork unit, UserId user, OrganizationId? organization, string purpose, string? email,
        TimeSpan life, CancellationToken cancellationToken)
    {
        var code = AccountCode.Create(random);
        await unit.Context.Codes.Where(row => row.AccountId == user.Value && row.Purpose == purpose).ExecuteDeleteAsync(cancellationToken);
        unit.Context.Add(new CodeRow
        {
            Hash = code.Hash,
            AccountId = user.Value,
            OrganizationId = organization?.Value,
            Purpose = purpose,
            Email = email,
            ExpiresAt = time.GetUtcNow() + life,
        });
        return code;
    }

    /// <summary>Null for any that was never issued, is used, replaced or over, or whose account is disabled.</summary>
    public async Task<CodeOwner?> FindAsync(string text, string purpose, CancellationToken cancellationToken)
    {
        if (!AccountCode.TryParse(text, out var code))
            return null;
        await using var command = database.Unscoped.CreateCommand("SELECT * FROM find_account_code($1, $2, $3)");
        command.Parameters.Add(new() { Value = code.Hash });
        command.Parameters.Add(new() { Value = purpose });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return !await row.ReadAsync(cancellationToken) ? null : new CodeOwner(
            new UserId(row.GetGuid(0)), row.IsDBNull(1) ? null : new OrganizationId(row.GetGuid(1)), row.GetString(2), row.GetString(3),
            row.IsDBNull(4) ? null : row.GetString(4));
    }

    /// <summary>False if somebody else has just used it.</summary>
    public static async Task<bool> TakeAsync(UnitOfWork unit, string text, CancellationToken cancellationToken)
    {
        if (!AccountCode.TryParse(text, out var code))
            return false;
        var hash = code.Hash;
        return await unit.Context.Codes.Where(row => row.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }
}
