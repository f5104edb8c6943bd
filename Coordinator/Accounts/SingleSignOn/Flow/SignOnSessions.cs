using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SingleSignOn.People;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// Gives the program that began a sign-on its session: for a code that is new, its own and proven by the verifier. Only
/// now is anything of the person written.
/// </summary>
internal sealed class SignOnSessions(ProviderBook providers, SignOnSeal seal, UsedOnce once, ProvidedAccounts accounts, SessionOpening sessions,
    TimeProvider time)
{
    private static readonly Refusal Invalid = new(ErrorCodes.SignOnInvalid,
        "This code opens no session: it took too long, was used before, or is not this program's. Start again with 'vantage login --sso'.");

    public async Task<Answer<SignedOn>> OpenAsync(string name, OpenSignOn ask, HttpContext context, CancellationToken cancellationToken)
    {
        if (providers.Find(name) is not { } provider)
            return Refusal.NotFound($"provider {name}");
        var code = await seal.OpenAsync(SignOnReturn.Purpose, ask.Code, SignOnJson.Default.SignOnCode, cancellationToken);
        if (code is null || code.Provider != name || time.GetUtcNow() >= code.EndsAt || ask.RedirectUri != code.Client.RedirectUri
            || !Pkce.Fits(ask.CodeVerifier, code.Client.Challenge) || !await once.TakeAsync(code.Nonce, code.EndsAt, cancellationToken))
        {
            return Invalid;
        }

        var found = await accounts.AdmitAsync(name, provider.Settings, code, cancellationToken);
        if (found.Value is not { } account)
            return found.Refusal!;
        var opened = await sessions.OpenAsync(account.Id, account.Organization, SignInMethod.SingleSignOn, SessionForm.Bearer, context, cancellationToken);
        return new SignedOn(opened.Session, opened.Secret);
    }
}
