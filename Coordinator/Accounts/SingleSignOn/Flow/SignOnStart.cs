using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>Leads a browser to its provider.</summary>
internal sealed partial class SignOnStart(ProviderBook providers, SignOnSeal seal, PublicAddress address, TimeProvider time,
    RandomNumberGenerator random, ILogger<SignOnStart> log)
{
    public const string Purpose = "sign-on ticket";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public async Task<IResult> LeadAsync(string name, HttpContext context, CancellationToken cancellationToken)
    {
        if (providers.Find(name) is not { } provider)
            return new RefusalResult(Refusal.NotFound($"provider {name}"));
        if (Read(context.Request.Query) is not { } client)
            return new RefusalResult(Refusal.Invalid(("query", "redirect_uri http://127.0.0.1:PORT/vantage or http://[::1]:PORT/vantage, "
                + "state of 16 to 128 letters, digits, '-' and '_', code_challenge, and code_challenge_method S256, each once")));
        try
        {
            var document = await provider.DocumentAsync(cancellationToken);
            var ticket = new SignOnTicket(name, Pkce.NewText(random), Pkce.NewVerifier(random), client, time.GetUtcNow() + Life);
            SignOnCookie.Set(context, address, ticket, await seal.SealAsync(Purpose, ticket, SignOnJson.Default.SignOnTicket, cancellationToken));
            return new SeeOther(AddressAt(document, provider.Settings, ticket));
        }
        catch (ProviderException e)
        {
            Unusable(log, name, e.Message);
            return new RefusalResult(new Refusal(ErrorCodes.ProviderFailed,
                $"The identity provider '{name}' can't be used at the moment. The Coordinator's log says why."));
        }
    }

    /// <summary>The one address that a provider leads back to.</summary>
    public static string CallbackOf(PublicAddress address, string name) => $"{address.Url}{Routes.SignOn}/{name}/callback";

    private string AddressAt(ProviderDocument document, ProviderSettings settings, SignOnTicket ticket) =>
        QueryHelpers.AddQueryString(document.Authorization.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = CallbackOf(address, ticket.Provider),
            ["scope"] = string.Join(' ', settings.Scopes),
            ["state"] = ticket.State,
            ["code_challenge"] = Pkce.ChallengeOf(ticket.Verifier),
            ["code_challenge_method"] = Pkce.Method,
        });

    private static SignOnClient? Read(IQueryCollection query) =>
        query["redirect_uri"] is [var redirect] && LoopbackAddress.IsFit(redirect)
        && query["state"] is [{ Length: >= 16 and <= 128 } state] && state.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && query["code_challenge"] is [var challenge] && Pkce.IsChallenge(challenge)
        && query["code_challenge_method"] is [Pkce.Method]
            ? new SignOnClient(redirect!, state, challenge!)
            : null;

    [LoggerMessage(LogLevel.Warning, "Nobody can sign in by provider {Provider}: {Why}")]
    private static partial void Unusable(ILogger log, string provider, string why);
}
