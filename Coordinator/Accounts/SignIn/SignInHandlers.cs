using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>Signing in with a password, and proving in a session once more who holds it.</summary>
internal sealed class SignInHandlers(Proving proving, SessionOpening opening, Database database, Credentials credentials,
    PublicAddress address, TimeProvider time)
{
    public async Task<Answer<SignedIn>> SignInAsync(PasswordSignIn ask, HttpContext context, CancellationToken cancellationToken)
    {
        // Else another site's page could sign its visitors in as somebody else.
        if (ask.Cookie && CrossSite.Judge(context.Request, address) is { } foreign)
            return foreign;
        switch (await proving.ProveAsync(ask.User, ask.Password, ask.Code, context, cancellationToken))
        {
            case Proof.Proved(var person, var withCode):
                var form = ask.Cookie ? SessionForm.Cookie : SessionForm.Bearer;
                var opened = await opening.OpenAsync(person.User, person.Organization,
                    withCode ? SignInMethod.PasswordAndCode : SignInMethod.Password, form, context, cancellationToken);
                return new SignedIn(opened.Session, ask.Cookie ? null : opened.Secret);
            case Proof.CodeMissing:
                return CodeMissing;
            default:
                return Refused;
        }
    }

    public async Task<Answer<Done>> ConfirmAsync(UserCaller caller, ConfirmSession ask, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.Session is not { } session)
            return Refusal.Forbidden("A token can't be confirmed; it needs no confirmation either.");
        var login = await LoginAsync(caller, cancellationToken);
        return await proving.ProveAsync(login, ask.Password, ask.Code, context, cancellationToken) switch
        {
            Proof.Proved => await FreshenAsync(caller, session, cancellationToken),
            Proof.CodeMissing => CodeMissing,
            _ => Refused,
        };
    }

    public async Task<Answer<Done>> FreshenAsync(UserCaller caller, UserSessionId session, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Sessions.FindAsync([session.Value], cancellationToken);
        if (row is null)
            return Refusal.NotFound(session);
        row.AuthenticatedAt = time.GetUtcNow();
        await unit.RecordAsync(caller, "session.confirm", session, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return default(Done);
    }

    /// <summary>In a transaction that is over before the proof begins: proving takes its time, and connections of its own.</summary>
    private async Task<string> LoginAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        return (await unit.Context.SignIns.FindAsync([caller.User.Value], cancellationToken))?.Login ?? "";
    }

    /// <summary>The one answer to everything that is not right, whatever it is that is not.</summary>
    public static Refusal Refused { get; } = new(ErrorCodes.SignInRefused,
        "That is not a name and password (and code) with which anybody can sign in here. After several attempts the next ones count only "
        + "after a wait of up to some minutes. If the account is yours, recover it (vantage account recover) or ask an admin.");

    private static Refusal CodeMissing { get; } = new(ErrorCodes.CodeNeeded,
        "The account has a second factor: send the code of your authenticator app, or one of your recovery codes, as well.");
}
