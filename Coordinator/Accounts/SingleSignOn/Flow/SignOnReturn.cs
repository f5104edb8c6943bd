using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// Takes a browser that comes back from its provider. First whether it is the one that left: the state fits the sealed
/// cookie, and was not used before. Only then is there somebody to answer to: the program whose address the ticket holds.
/// </summary>
internal sealed partial class SignOnReturn(ProviderBook providers, SignOnSeal seal, UsedOnce once, PublicAddress address, TimeProvider time,
    RandomNumberGenerator random, ILogger<SignOnReturn> log)
{
    public const string Purpose = "sign-on code";
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);

    public async Task<IResult> TakeAsync(string name, HttpContext context, CancellationToken cancellationToken)
    {
        if (providers.Find(name) is not { } provider)
            return new RefusalResult(Refusal.NotFound($"provider {name}"));
        if (await TicketAsync(name, context, cancellationToken) is not { } ticket)
        {
            return new RefusalResult(new Refusal(ErrorCodes.SignOnInvalid, "This browser has no sign-in under way that this answer belongs to: "
                + "it took too long, was finished before, or began elsewhere. Start again with 'vantage login --sso'."));
        }

        try
        {
            return await AnswerAsync(provider, ticket, context.Request.Query, cancellationToken);
        }
        catch (ProviderException e)
        {
            Failed(log, name, e.Message);
            return Back(ticket, "server_error", $"The identity provider '{name}' did not answer as it has to. The Coordinator's log says more.");
        }
    }

    private async Task<IResult> AnswerAsync(Provider provider, SignOnTicket ticket, IQueryCollection query, CancellationToken cancellationToken)
    {
        var document = await provider.DocumentAsync(cancellationToken);
        // A mix-up: another provider, or somebody in its name, answers what this one was asked (RFC 9207).
        if (query.ContainsKey("iss") ? query["iss"] is not [var issuer] || issuer != document.Issuer : document.AnswersWithIssuer)
            throw new ProviderException("the answer is not in the name of the issuer that was asked.");
        if (query.ContainsKey("error"))
            return Back(ticket, "access_denied", $"The identity provider '{ticket.Provider}' did not sign you in.");
        if (query["code"] is not [{ Length: > 0 and <= 2048 } code] || code.Any(c => c is < ' ' or > '~'))
            throw new ProviderException("the answer holds no code.");
        var person = await provider.PersonAsync(code, ticket.Verifier, SignOnStart.CallbackOf(address, ticket.Provider), cancellationToken);
        var nonce = new byte[16];
        random.GetBytes(nonce);
        var made = new SignOnCode(ticket.Provider, person.Subject, person.Name, person.Email, GrantableRoles.Of(provider.Settings, person.Groups),
            ticket.Client, nonce, time.GetUtcNow() + CodeLife);
        return Back(ticket, new() { ["code"] = await seal.SealAsync(Purpose, made, SignOnJson.Default.SignOnCode, cancellationToken) });
    }

    private async Task<SignOnTicket?> TicketAsync(string name, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Query["state"] is not [{ Length: 43 } state])
            return null;
        var ticket = await seal.OpenAsync(SignOnStart.Purpose, SignOnCookie.Take(context, address, state), SignOnJson.Default.SignOnTicket, cancellationToken);
        return ticket is not null && ticket.Provider == name && time.GetUtcNow() < ticket.EndsAt && Same(ticket.State, state)
            && await once.TakeAsync(SHA256.HashData(Encoding.ASCII.GetBytes(state)), ticket.EndsAt, cancellationToken)
                ? ticket
                : null;
    }

    private SeeOther Back(SignOnTicket ticket, string error, string description) =>
        Back(ticket, new() { ["error"] = error, ["error_description"] = description });

    private SeeOther Back(SignOnTicket ticket, Dictionary<string, string?> answer)
    {
        (answer["state"], answer["iss"]) = (ticket.Client.State, address.Url);
        return new SeeOther(QueryHelpers.AddQueryString(ticket.Client.RedirectUri, answer));
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    [LoggerMessage(LogLevel.Warning, "Somebody could not sign in by provider {Provider}: {Why}")]
    private static partial void Failed(ILogger log, string provider, string why);
}
