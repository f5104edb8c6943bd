using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.Recovery;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Own;

/// <summary>What one's own account signs in with, and its address.</summary>
internal sealed class OwnAccountHandlers(Database database, AccountCodes codes, MailRoom mail, PublicAddress address)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    public async Task<Answer<AccountView>> ShowAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var id = caller.User.Value;
        var email = await unit.Context.Accounts.Where(row => row.Id == id).Select(row => row.Email).FirstAsync(cancellationToken);
        var own = await unit.Context.SignIns.AsNoTracking().FirstOrDefaultAsync(row => row.AccountId == id, cancellationToken);
        return new AccountView(caller.User, caller.Name, own?.Login, email, email is not null && own?.VerifiedEmail == email,
            own?.PasswordHash is not null, own?.PasswordChangedAt, own?.TotpConfirmedAt is not null,
            await unit.Context.RecoveryCodes.CountAsync(row => row.AccountId == id, cancellationToken),
            await unit.Context.Passkeys.CountAsync(row => row.AccountId == id, cancellationToken));
    }

    /// <summary>The address stays what it is until the code that is sent to the new one comes back.</summary>
    public async Task<Answer<Done>> ChangeEmailAsync(UserCaller caller, ChangeEmail ask, CancellationToken cancellationToken)
    {
        if (!mail.IsOn)
            return RecoveryHandlers.MailOff;
        if (ask.Email.Length > 254 || !MailAddress.TryCreate(ask.Email, out var parsed) || parsed.Address != ask.Email)
            return Refusal.Invalid(("email", "an address such as ada@example.org"));
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is null)
            return TotpHandlers.NoSignIn;
        var code = await codes.IssueAsync(unit, caller.User, caller.Organization, CodePurpose.Email, ask.Email, Life, cancellationToken);
        await unit.RecordAsync(caller, "account.change-email", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        mail.Send(Letters.VerifyAddress(ask.Email, caller.Name, code.Reveal(), address.Url));
        return default(Done);
    }
}
