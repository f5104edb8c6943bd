using Vantage.Coordinator.Accounts.Passwords;
using Vantage.Coordinator.Accounts.SecondFactors;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>
/// Checks a password, and a code where the account has a second factor. Until the password turned out right, everything
/// happens alike for everybody: one lookup, one turn taken, one hash, and only then is anything else about the account
/// looked at.
/// </summary>
internal sealed class Proving(People people, Patience patience, Turns turns, PasswordHashes passwords, SecondFactor factor, AccountSettings settings)
{
    public async Task<Proof> ProveAsync(string login, string password, string? code, HttpContext context, CancellationToken cancellationToken)
    {
        Counted[] counted = [turns.Name(login), turns.Address(context)];
        var person = await people.FindAsync(login, cancellationToken);
        var inTurn = await patience.TakeTurnAsync(cancellationToken, counted);
        var right = await passwords.CheckAsync(person?.PasswordHash, password, cancellationToken);
        if (!inTurn || !right || person is null || person.Disabled || (settings.VerifiedEmailOnly && !person.EmailIsVerified))
            return new Proof.Refused();
        if (person.TotpConfirmed)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                await patience.GiveBackAsync(cancellationToken, counted);
                return new Proof.CodeMissing();
            }

            if (!await patience.TakeTurnAsync(cancellationToken, turns.Code(person.User)) || !await factor.TakeAsync(person, code, cancellationToken))
                return new Proof.Refused();
            await patience.ForgetAsync(cancellationToken, turns.Code(person.User));
        }

        await patience.ForgetAsync(cancellationToken, counted[0]);
        await patience.GiveBackAsync(cancellationToken, counted[1]);
        return new Proof.Proved(person, person.TotpConfirmed);
    }
}
