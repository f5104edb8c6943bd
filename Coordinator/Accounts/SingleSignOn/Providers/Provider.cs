using System.Net.Http.Headers;
using System.Text.Json;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>Who a provider says that somebody is.</summary>
/// <param name="Subject">Stands for the person at this provider, for ever; everything else may change.</param>
internal sealed record ProvidedPerson(string Subject, string? Name, string? Email, IReadOnlyList<string> Groups);

/// <summary>
/// Speaks with one identity provider: authorization code with PKCE, then UserInfo with the access token, both over TLS
/// straight from the provider. So no signed token of somebody else's ever has to be parsed here.
/// </summary>
internal sealed class Provider : IDisposable
{
    private const int LongestSubject = 255;
    private const int LongestToken = 8192;
    private readonly ProviderHttp http;
    private readonly ProviderDiscovery discovery;

    public Provider(ProviderSettings settings, TimeProvider time)
    {
        Settings = settings;
        http = new ProviderHttp(settings.Authorities, settings.AnswerWithin, time);
        discovery = new ProviderDiscovery(settings.Issuer, http, time);
    }

    public ProviderSettings Settings { get; }

    public Task<ProviderDocument> DocumentAsync(CancellationToken cancellationToken) => discovery.GetAsync(cancellationToken);

    /// <summary>Exchanges a code that came back. Throws <see cref="ProviderException"/> at whatever is not as it should be.</summary>
    public async Task<ProvidedPerson> PersonAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(cancellationToken);
        if (document.UserInfo is not { } userInfo)
            throw new ProviderException("discovery: there is no userinfo_endpoint.");
        using var exchange = ClientAuthentication.Form(document.Token, document, Settings.ClientId, Settings.ClientSecretFile,
        [
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri), new("code_verifier", verifier),
        ]);
        var given = await http.AskAsync(exchange, "token endpoint", cancellationToken);
        using var ask = new HttpRequestMessage(HttpMethod.Get, userInfo);
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken(given));
        return Read(await http.AskAsync(ask, "userinfo", cancellationToken));
    }

    public void Dispose()
    {
        discovery.Dispose();
        http.Dispose();
    }

    private static string AccessToken(JsonElement given) =>
        given.Text("token_type") is { } type && type.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && given.Text("access_token", LongestToken) is { Length: > 0 } token && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new ProviderException("token endpoint: there is no bearer access token in the answer.");

    private ProvidedPerson Read(JsonElement answer)
    {
        if (answer.Text("sub", LongestSubject) is not { Length: > 0 } subject || subject.Any(c => c is <= ' ' or > '~'))
            throw new ProviderException($"userinfo: there is no sub of up to {LongestSubject} printable characters.");
        return new ProvidedPerson(subject, answer.Text("name") ?? answer.Text("preferred_username"), answer.Text("email"),
            answer.Texts(Settings.GroupsMember) ?? []);
    }
}
