using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.Recovery;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Administration;

/// <summary>What admins do to how somebody signs in. They set nobody's password: they hand out a code, or take something away.</summary>
internal sealed class AccountAdministration(Database database, AccountCodes codes, Credentials credentials, MailRoom mail,
    PublicAddress address, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Also for whoever forgot their password where no mail is sent. The second factor stays.</summary>
    public async Task<Answer<InvitedUser>> InviteAsync(UserCaller caller, UserId id, InviteUser ask, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        if (account is null)
            return refusal!;
        if (ask.Mail && (!mail.IsOn || account.Email is null))
            return mail.IsOn ? Refusal.Invalid(("mail", "the account has no address")) : RecoveryHandlers.MailOff;
        var row = await unit.Context.SignIns.FindAsync([id.Value], cancellationToken);
        var login = ask.Login is { } wanted ? Login.Normal(wanted) : row?.Login ?? Login.Normal(account.Email ?? "");
        if (Login.Check(login).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        if (row is null)
            unit.Context.Add(new SignInRow { AccountId = id.Value, OrganizationId = account.OrganizationId, Login = login });
        else
            row.Login = login;
        var organization = AccountHandlers.OrganizationOf(account);
        var code = await codes.IssueAsync(unit, id, organization, CodePurpose.Invitation, ask.Mail ? account.Email : null, Life, cancellationToken);
        await unit.RecordAsync(caller, "user.invite", id, cancellationToken, organization: organization);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_sign_in_login_key"))
        {
            return new Refusal(ErrorCodes.NameTaken, "Somebody signs in under this name already. Choose another one (--login).");
        }

        if (ask.Mail)
            mail.Send(Letters.Invitation(account.Email!, account.Name, login, code.Reveal(), address.Url));
        return new InvitedUser(login, time.GetUtcNow() + Life, ask.Mail ? null : code.Reveal());
    }

    /// <summary>Its sessions end and its tokens open nothing, everywhere within a second; enabling brings only the tokens back.</summary>
    public async Task<Answer<Done>> DisableAsync(UserCaller caller, UserId id, bool disabled, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        if (account is null)
            return refusal!;
        if (id == caller.User)
            return new Refusal(ErrorCodes.Conflict, "You can't disable or enable yourself; another admin can.");
        if (account.DisabledAt is not null == disabled)
            return default(Done);
        account.DisabledAt = disabled ? time.GetUtcNow() : null;
        if (disabled)
        {
            await SessionEnding.EndAllAsync(unit, id, null, cancellationToken);
            await unit.Context.Codes.Where(code => code.AccountId == id.Value).ExecuteDeleteAsync(cancellationToken);
        }

        await unit.RecordAsync(caller, disabled ? "user.disable" : "user.enable", id, cancellationToken,
            organization: AccountHandlers.OrganizationOf(account));
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return default(Done);
    }

    /// <summary>For whoever lost phone, passkeys and recovery codes: afterwards the password alone signs them in.</summary>
    public async Task<Answer<Done>> ResetSecondFactorAsync(UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        if (account is null)
            return refusal!;
        if (id == caller.User)
            return new Refusal(ErrorCodes.Conflict, "You can't reset your own second factor; remove it (vantage account totp remove), or ask another admin.");
        var row = await unit.Context.SignIns.FindAsync([id.Value], cancellationToken);
        if (row is not null)
            (row.TotpSecret, row.TotpConfirmedAt, row.TotpStep) = (null, null, 0);
        await unit.Context.RecoveryCodes.Where(code => code.AccountId == id.Value).ExecuteDeleteAsync(cancellationToken);
        await unit.Context.Passkeys.Where(passkey => passkey.AccountId == id.Value).ExecuteDeleteAsync(cancellationToken);
        await SessionEnding.EndAllAsync(unit, id, null, cancellationToken);
        await unit.RecordAsync(caller, "user.reset-second-factor", id, cancellationToken, organization: AccountHandlers.OrganizationOf(account));
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        if (row is { VerifiedEmail: { } to })
            mail.Send(Letters.SecondFactorChanged(to, account.Name, "An admin has reset the second factor of your account."));
        return default(Done);
    }

    private static async Task<(AccountRow? Account, Refusal? Refusal)> FindAsync(UnitOfWork unit, UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        if (await unit.Context.Accounts.FirstOrDefaultAsync(account => account.Id == id.Value, cancellationToken) is not { } row)
            return (null, Refusal.NotFound(id));
        // Not by its being one's own: a stolen token would set its owner a new password.
        var refusal = caller.May(Resource.User, Operation.Edit, Whose.Of(AccountHandlers.OrganizationOf(row)))
            ? Granting.MayActThrough(caller, id, await HeldRoles.RightsAsync(unit, id, cancellationToken))
            : caller.Judge(Resource.User, Operation.View, Whose.Of(id, AccountHandlers.OrganizationOf(row)), id)
                ?? Judging.Lacks(new Permission(Resource.User, Operation.Edit));
        return refusal is null ? (row, null) : (null, refusal);
    }
}
