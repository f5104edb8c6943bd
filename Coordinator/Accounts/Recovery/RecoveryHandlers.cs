using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.Passwords;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Accounts.Recovery;

/// <summary>
/// Setting a password with a one-time code, from an invitation or a recovery mail. It opens no session, and leaves the second
/// factor as it is: who recovers a password still has to sign in past it.
/// </summary>
internal sealed class RecoveryHandlers(AccountCodes codes, Database database, PasswordHashes passwords, Credentials credentials,
    MailRoom mail, TimeProvider time)
{
    /// <summary>The same answer at once for every name: whether there is anything to send is found out afterwards.</summary>
    public Answer<Done> Ask(AskRecovery ask)
    {
        if (!mail.IsOn)
            return MailOff;
        mail.Recover(ask.User);
        return default(Done);
    }

    /// <param name="purpose">Which kind of code it has to be.</param>
    /// <param name="ask">The code and the new password.</param>
    /// <param name="cancellationToken">Gives up before the password is stored.</param>
    public async Task<Answer<Done>> SetPasswordAsync(string purpose, SetPassword ask, CancellationToken cancellationToken)
    {
        if (await codes.FindAsync(ask.Code, purpose, cancellationToken) is not { } owner)
            return CodeInvalid;
        if (PasswordLaws.Check(ask.Password, owner.Login, owner.Name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var hash = await passwords.HashAsync(ask.Password, cancellationToken);
        await using var unit = await database.BeginAsync(owner.Scope, cancellationToken);
        if (!await AccountCodes.TakeAsync(unit, ask.Code, cancellationToken)
            || await unit.Context.SignIns.FindAsync([owner.User.Value], cancellationToken) is not { } row)
        {
            return CodeInvalid;
        }

        var first = row.PasswordHash is null;
        (row.PasswordHash, row.PasswordChangedAt) = (hash, time.GetUtcNow());
        row.VerifiedEmail = owner.Email ?? row.VerifiedEmail;
        await SessionEnding.EndAllAsync(unit, owner.User, null, cancellationToken);
        await unit.RecordAsync(owner.User.ToString(), purpose == CodePurpose.Recovery ? "account.recover" : "account.accept-invitation",
            owner.User, cancellationToken, organization: owner.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        if (!first && row.VerifiedEmail is { } address)
            mail.Send(Letters.PasswordChanged(address, owner.Name));
        return default(Done);
    }

    public async Task<Answer<Done>> VerifyEmailAsync(VerifyEmail ask, CancellationToken cancellationToken)
    {
        if (await codes.FindAsync(ask.Code, CodePurpose.Email, cancellationToken) is not { Email: { } address } owner)
            return CodeInvalid;
        await using var unit = await database.BeginAsync(owner.Scope, cancellationToken);
        if (!await AccountCodes.TakeAsync(unit, ask.Code, cancellationToken)
            || await unit.Context.SignIns.FindAsync([owner.User.Value], cancellationToken) is not { } row
            || await unit.Context.Accounts.FindAsync([owner.User.Value], cancellationToken) is not { } account)
        {
            return CodeInvalid;
        }

        var before = row.VerifiedEmail;
        (account.Email, row.VerifiedEmail) = (address, address);
        await unit.RecordAsync(owner.User.ToString(), "account.verify-email", owner.User, cancellationToken, organization: owner.Organization);
        await unit.CommitAsync(cancellationToken);
        if (before is not null && before != address)
            mail.Send(Letters.AddressChanged(before, owner.Name));
        return default(Done);
    }

    public static Refusal CodeInvalid { get; } = new(ErrorCodes.AccountCodeInvalid,
        "The code is not valid: mistyped, used, replaced by a newer one, or older than it may be. Ask for a new one.");

    public static Refusal MailOff { get; } = new(ErrorCodes.MailOff,
        "This Coordinator sends no mail. An admin of your organization can invite you again (vantage user invite), which lets you set a new password.");
}
