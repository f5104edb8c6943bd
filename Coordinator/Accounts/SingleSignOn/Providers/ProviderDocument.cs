using System.Text.Json;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is used here.</summary>
/// <param name="AnswersWithIssuer">It names itself in each answer (RFC 9207); then one without the name is not its.</param>
/// <param name="SecretInBody">It takes the client's secret in the form only, rather than in the header.</param>
internal sealed record ProviderDocument(string Issuer, Uri Authorization, Uri Token, Uri? UserInfo, Uri? Introspection,
    bool AnswersWithIssuer, bool SecretInBody)
{
    private const string What = "discovery";

    public static ProviderDocument Read(JsonElement answer, string issuer)
    {
        if (answer.Text("issuer") != issuer)
            throw new ProviderException($"{What}: the document is of another issuer than {issuer}, letter by letter.");
        if (answer.Texts("response_types_supported") is { } types && !types.Contains("code"))
            throw new ProviderException($"{What}: the provider does not know the authorization code flow.");
        if (answer.Texts("code_challenge_methods_supported") is { } methods && !methods.Contains("S256"))
            throw new ProviderException($"{What}: the provider does not know PKCE with S256.");
        var authentication = answer.Texts("token_endpoint_auth_methods_supported");
        return new ProviderDocument(issuer, Address(answer, "authorization_endpoint"), Address(answer, "token_endpoint"),
            Optional(answer, "userinfo_endpoint"), Optional(answer, "introspection_endpoint"),
            answer.Says("authorization_response_iss_parameter_supported"),
            authentication is not null && !authentication.Contains("client_secret_basic") && authentication.Contains("client_secret_post"));
    }

    private static Uri Address(JsonElement answer, string member) =>
        Optional(answer, member) ?? throw new ProviderException($"{What}: there is no {member}.");

    private static Uri? Optional(JsonElement answer, string member)
    {
        if (!answer.TryGetProperty(member, out _))
            return null;
        return Uri.TryCreate(answer.Text(member), UriKind.Absolute, out var url) && ProviderAddress.IsFit(url)
            ? url
            : throw new ProviderException($"{What}: {member} is not an https address.");
    }
}
