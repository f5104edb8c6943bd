using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>Setting up an authenticator app and taking it away again. It counts once a code of it has been seen.</summary>
internal sealed class TotpHandlers(Database database, AccountKey key, MailRoom mail, TimeProvider time, RandomNumberGenerator random)
{
    private const string Issuer = "Vantage";

    public async Task<Answer<NewTotp>> ProposeAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { } row)
            return NoSignIn;
        if (row.TotpConfirmedAt is not null)
            return new Refusal(ErrorCodes.Conflict, "You have an authenticator app already. Remove it first (vantage account totp remove).");
        var secret = new byte[Totp.SecretLength];
        random.GetBytes(secret);
        (row.TotpSecret, row.TotpStep) = (key.Seal(caller.User, secret), 0);
        await unit.CommitAsync(cancellationToken);
        var text = Base32.Encode(secret);
        return new NewTotp(text, $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(row.Login)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits=6&period=30");
    }

    public async Task<Answer<RecoveryCodeList>> ConfirmAsync(UserCaller caller, ConfirmTotp ask, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { TotpSecret: { } stored, TotpConfirmedAt: null } row
            || !key.TryOpen(caller.User, stored, out var secret))
        {
            return new Refusal(ErrorCodes.Conflict, "There is no authenticator app to confirm. Begin with: vantage account totp add.");
        }

        if (Totp.Find(secret, ask.Code, time.GetUtcNow(), row.TotpStep) is not { } step)
            return Refusal.Invalid(("code", "not what the app shows now; see that the clock of the phone is right"));
        (row.TotpConfirmedAt, row.TotpStep) = (time.GetUtcNow(), step);
        var codes = await RenewAsync(unit, caller, row, cancellationToken);
        await unit.RecordAsync(caller, "account.add-totp", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        Tell(caller, row, "An authenticator app was added to your account.");
        return codes;
    }

    /// <summary>New recovery codes; the old ones are void.</summary>
    public async Task<Answer<RecoveryCodeList>> RenewCodesAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { TotpConfirmedAt: not null } row)
            return NoTotp;
        var codes = await RenewAsync(unit, caller, row, cancellationToken);
        await unit.RecordAsync(caller, "account.renew-recovery-codes", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        Tell(caller, row, "Your account has new recovery codes; the old ones are void.");
        return codes;
    }

    public async Task<Answer<Done>> RemoveAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { TotpConfirmedAt: not null } row)
            return NoTotp;
        (row.TotpSecret, row.TotpConfirmedAt, row.TotpStep) = (null, null, 0);
        await unit.Context.RecoveryCodes.Where(code => code.AccountId == caller.User.Value).ExecuteDeleteAsync(cancellationToken);
        await unit.RecordAsync(caller, "account.remove-totp", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        Tell(caller, row, "The authenticator app was removed from your account.");
        return default(Done);
    }

    private async Task<RecoveryCodeList> RenewAsync(UnitOfWork unit, UserCaller caller, SignInRow row, CancellationToken cancellationToken)
    {
        await unit.Context.RecoveryCodes.Where(code => code.AccountId == caller.User.Value).ExecuteDeleteAsync(cancellationToken);
        var codes = RecoveryCodes.Create(caller.User, key, random);
        unit.Context.AddRange(codes.Select(code => new RecoveryCodeRow
        {
            AccountId = row.AccountId, OrganizationId = row.OrganizationId, Hash = code.Hash,
        }));
        return new RecoveryCodeList([.. codes.Select(code => code.Shown)]);
    }

    private void Tell(UserCaller caller, SignInRow row, string what)
    {
        if (row.VerifiedEmail is { } address)
            mail.Send(Letters.SecondFactorChanged(address, caller.Name, what));
    }

    public static Refusal NoSignIn { get; } = Refusal.Forbidden(
        "Your account does not sign in with a password here. An admin of your organization invites you (vantage user invite).");

    private static Refusal NoTotp { get; } = new(ErrorCodes.Conflict, "Your account has no authenticator app.");
}
