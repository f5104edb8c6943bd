using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Passwords;

/// <summary>Changing one's password: with the old one, which is guessed no faster here than at the door, and ending all other sessions.</summary>
internal sealed class PasswordHandlers(Database database, PasswordHashes passwords, Patience patience, Turns turns, Credentials credentials,
    MailRoom mail, TimeProvider time)
{
    public async Task<Answer<Done>> ChangeAsync(UserCaller caller, ChangePassword ask, HttpContext context, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { PasswordHash: { } before } row)
            return Refusal.Forbidden("Your account has no password of its own.");
        Counted[] counted = [turns.Name(row.Login), turns.Address(context)];
        var inTurn = await patience.TakeTurnAsync(cancellationToken, counted);
        if (!await passwords.CheckAsync(before, ask.Current, cancellationToken) || !inTurn)
            return SignInHandlers.Refused;
        await patience.GiveBackAsync(cancellationToken, counted);
        if (PasswordLaws.Check(ask.Password, row.Login, caller.Name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        (row.PasswordHash, row.PasswordChangedAt) = (await passwords.HashAsync(ask.Password, cancellationToken), time.GetUtcNow());
        await SessionEnding.EndAllAsync(unit, caller.User, caller.Session, cancellationToken);
        await unit.RecordAsync(caller, "account.change-password", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        if (row.VerifiedEmail is { } address)
            mail.Send(Letters.PasswordChanged(address, caller.Name));
        return default(Done);
    }
}
