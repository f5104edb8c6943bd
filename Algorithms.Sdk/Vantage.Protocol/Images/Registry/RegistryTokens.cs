using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Vantage.Protocol.Images.Registry;

/// <summary>
/// What a registry wants to see before it answers. The credential goes to the registry itself, or to the one token host
/// that was named with it; a registry that points elsewhere gets neither it nor a visit.
/// </summary>
internal sealed class RegistryTokens(RegistryAccess access, RegistryHttp http)
{
    private const int MaxAnswer = 64 * 1024;

    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> known = new();

    public AuthenticationHeaderValue? Find(string scope) => known.GetValueOrDefault(scope);

    /// <summary>Null where the registry asks for what is not there to be given.</summary>
    /// <param name="refused">The answer 401.</param>
    /// <param name="scope">What is to be done, made here: a registry can't have a token made for more than is needed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(HttpResponseMessage refused, string scope, CancellationToken cancellationToken)
    {
        var challenges = refused.Headers.WwwAuthenticate;
        if (BearerChallenge.Of(challenges) is { } bearer)
            return known[scope] = new("Bearer", await FetchAsync(bearer, scope, cancellationToken));
        return access.Credential is not null && challenges.Any(c => c.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            ? known[scope] = Basic(access.Credential)
            : null;
    }

    private async Task<string> FetchAsync(BearerChallenge challenge, string scope, CancellationToken cancellationToken)
    {
        var realm = challenge.Realm;
        if (!http.IsSafe(realm) || !(http.IsOwn(realm) || realm.Authority == access.TokenHost))
        {
            throw new ImageException(ImageFault.ImageRegistryUntrusted, $"{access.Host} sends to {realm.GetLeftPart(UriPartial.Authority)}"
                + " for a token, which nobody named. If that is its token service, name it ('tokenHost').");
        }

        var query = $"{(realm.Query.Length > 1 ? realm.Query[1..] + "&" : "")}scope={Uri.EscapeDataString(scope)}"
            + (challenge.Service is { } service ? $"&service={Uri.EscapeDataString(service)}" : "");
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query, Fragment = "" }.Uri);
        request.Headers.Authorization = access.Credential is { } credential ? Basic(credential) : null;
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new ImageException((int)response.StatusCode is 429 or >= 500 ? ImageFault.ImageRegistryUnavailable : ImageFault.ImageRegistryRefused,
                $"The token service of {access.Host} answers {(int)response.StatusCode}."
                + (access.Credential is null ? " No user and password are set for this registry." : " Are user and password right?"));
        }

        return Read(await BoundedBody.ReadAsync(response, MaxAnswer, http, "the token", cancellationToken));
    }

    private static string Read(byte[] answer)
    {
        const string what = "the token service's answer";
        var token = StrictJson.Read(answer, what, root => root.Text(what, "token") ?? root.NeedText(what, "access_token"));
        return token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new ImageException(ImageFault.ImageRegistryUntrusted, "The token service's answer is no token.");
    }

    private static AuthenticationHeaderValue Basic(NetworkCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
}
