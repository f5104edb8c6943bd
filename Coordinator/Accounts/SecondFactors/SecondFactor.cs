using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>Takes a code of the authenticator app or a recovery code, each once: of two that come with the same one, one wins.</summary>
internal sealed partial class SecondFactor(Database database, AccountKey key, TimeProvider time, ILogger<SecondFactor> log)
{
    public async Task<bool> TakeAsync(KnownPerson person, string code, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(person.Scope, cancellationToken);
        var taken = await TakeTotpAsync(unit, person, code, cancellationToken) || await TakeRecoveryCodeAsync(unit, person, code, cancellationToken);
        if (taken)
            await unit.CommitAsync(cancellationToken);
        return taken;
    }

    private async Task<bool> TakeTotpAsync(UnitOfWork unit, KnownPerson person, string code, CancellationToken cancellationToken)
    {
        if (person.TotpSecret is not { } stored)
            return false;
        if (!key.TryOpen(person.User, stored, out var secret))
        {
            OtherKey(log, person.User.ToString());
            return false;
        }

        var id = person.User.Value;
        var last = await unit.Context.SignIns.Where(row => row.AccountId == id).Select(row => row.TotpStep).FirstAsync(cancellationToken);
        return Totp.Find(secret, code, time.GetUtcNow(), last) is { } step
            && await unit.Context.SignIns.Where(row => row.AccountId == id && row.TotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpStep, step), cancellationToken) == 1;
    }

    private async Task<bool> TakeRecoveryCodeAsync(UnitOfWork unit, KnownPerson person, string code, CancellationToken cancellationToken)
    {
        if (RecoveryCodes.HashOf(person.User, code, key) is not { } hash)
            return false;
        var id = person.User.Value;
        return await unit.Context.RecoveryCodes.Where(row => row.AccountId == id && row.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    [LoggerMessage(LogLevel.Error, "The authenticator of {User} was sealed with another account.key than this Coordinator's. Replicas share "
        + "one account.key, and it comes back with the backup; else an admin resets the second factor")]
    private static partial void OtherKey(ILogger log, string user);
}
