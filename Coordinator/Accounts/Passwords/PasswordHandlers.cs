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
        if (await FindAsync(caller, cancellationToken) is not { PasswordHash: { } before } known)
            return Refusal.Forbidden("Your account has no password of its own.");
        Counted[] counted = [turns.Name(known.Login), turns.Address(context)];
        var inTurn = await patience.TakeTurnAsync(cancellationToken, counted);
        if (!await passwords.CheckAsync(before, ask.Current, cancellationToken) || !inTurn)
            return SignInHandlers.Refused;
        await patience.GiveBackAsync(cancellationToken, counted);
        if (PasswordLaws.Check(ask.Password, known.Login, caller.Name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var hash = await passwords.HashAsync(ask.Password, cancellationToken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        // Somebody else may have changed it while this was being worked out.
        if (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken) is not { } row || row.PasswordHash != before)
            return SignInHandlers.Refused;
        (row.PasswordHash, row.PasswordChangedAt) = (hash, time.GetUtcNow());
        await SessionEnding.EndAllAsync(unit, caller.User, caller.Session, cancellationToken);
        await unit.RecordAsync(caller, "account.change-password", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        if (row.VerifiedEmail is { } address)
            mail.Send(Letters.PasswordChanged(address, caller.Name));
        return default(Done);
    }

    private async Task<SignInRow?> FindAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        return await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken);
    }
}
