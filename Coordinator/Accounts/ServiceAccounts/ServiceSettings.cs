using Vantage.Coordinator.Accounts.SingleSignOn.Providers;

namespace Vantage.Coordinator.Accounts.ServiceAccounts;

/// <summary>The one provider whose access tokens programs may show instead of a token of ours (RFC 7662).</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with nothing.</remarks>
internal sealed record ServiceSettings
{
    /// <summary>Exactly as the provider writes it. Absent: no such tokens are taken.</summary>
    public string? Issuer { get; set; }

    /// <summary>As whom the Coordinator asks about tokens.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>File with that client's secret, readable by the Coordinator's account alone.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>PEM file with certificate authorities to believe besides the machine's own.</summary>
    public string? Authorities { get; set; }

    /// <summary>Whom a token has to be for: this Coordinator's name at the provider. A token for anybody else is nobody's here.</summary>
    public string Audience { get; set; } = "";

    /// <summary>What a token has to allow.</summary>
    public string Scope { get; set; } = "vantage";

    /// <summary>How long an answer of the provider may take. Nobody gets in by a slower one.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<string> Check()
    {
        if (Issuer is null)
            yield break;
        foreach (var broken in ProviderLaws.CheckIssuer("signOn.services", Issuer)
            .Concat(ProviderLaws.CheckClient("signOn.services", ClientId, ClientSecretFile, Authorities)))
            yield return broken;
        if (ClientSecretFile is null)
            yield return "signOn.services.clientSecretFile: a file with the secret; providers tell strangers nothing about tokens.";
        if (Audience.Length == 0)
            yield return "signOn.services.audience: whom tokens have to be for. Without it a token for any other service would do.";
        if (Scope.Length == 0 || Scope.Any(char.IsWhiteSpace))
            yield return "signOn.services.scope: one name that a token's scope has to contain.";
        if (AnswerWithin < TimeSpan.FromMilliseconds(100) || AnswerWithin > TimeSpan.FromMinutes(1))
            yield return "signOn.services.answerWithin: between 00:00:00.1 and 00:01:00.";
    }
}
