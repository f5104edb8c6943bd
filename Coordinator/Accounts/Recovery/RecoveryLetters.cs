using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Accounts.Recovery;

/// <summary>
/// Finds out, after the answer has gone, whether a recovery mail is due: to an address that was verified, of an account that
/// has a password and is not disabled, and not again within a few minutes.
/// </summary>
internal sealed class RecoveryLetters(People people, AccountCodes codes, Database database, PublicAddress address, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public async Task<Letter?> WriteAsync(string login, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(login, cancellationToken) is not { Disabled: false, PasswordHash: not null, EmailIsVerified: true } person)
            return null;
        await using var unit = await database.BeginAsync(person.Scope, cancellationToken);
        var recent = time.GetUtcNow() + Life - Pause;
        if (await unit.Context.Codes.AnyAsync(
            row => row.AccountId == person.User.Value && row.Purpose == CodePurpose.Recovery && row.ExpiresAt > recent, cancellationToken))
        {
            return null;
        }

        var code = await codes.IssueAsync(unit, person.User, person.Organization, CodePurpose.Recovery, person.Email, Life, cancellationToken);
        await unit.RecordAsync(person.User.ToString(), "account.ask-recovery", person.User, cancellationToken, organization: person.Organization);
        await unit.CommitAsync(cancellationToken);
        return Letters.Recovery(person.Email!, person.Name, code.Reveal(), address.Url);
    }
}
