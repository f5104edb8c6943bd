using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>One identity provider (OpenID Connect), as it is told to this Coordinator and the other way round.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with nothing.</remarks>
internal sealed record ProviderSettings
{
    /// <summary>What people are shown.</summary>
    public string? Title { get; set; }

    /// <summary>Exactly as the provider writes it; <c>/.well-known/openid-configuration</c> is looked for below it.</summary>
    public string Issuer { get; set; } = "";

    public string ClientId { get; set; } = "";

    /// <summary>File with the client's secret, readable by the Coordinator's account alone. Absent for a public client.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>PEM file with certificate authorities to believe besides the machine's own.</summary>
    public string? Authorities { get; set; }

    /// <summary>How long one answer of the provider may take. Nobody gets in by a slower one.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(10);

    public string[] Scopes { get; set; } = ["openid", "profile", "email"];

    /// <summary>The organization that everyone who signs in here belongs to.</summary>
    public OrganizationId Organization { get; set; }

    /// <summary>Whether somebody without an account gets one at the first sign-in. Otherwise an admin links accounts.</summary>
    public bool CreateAccounts { get; set; }

    /// <summary>The member of UserInfo that lists a person's groups.</summary>
    public string GroupsMember { get; set; } = "groups";

    /// <summary>Group → roles. Whoever is in none of these groups has no role, and does not get in.</summary>
    public Dictionary<string, string[]> Roles { get; set; } = [];

    /// <summary>Only with this may <see cref="Roles"/> name the Coordinator's own <c>admin</c>.</summary>
    public bool GrantsCoordinatorAdmin { get; set; }

    public IEnumerable<string> Check(string path)
    {
        foreach (var broken in ProviderLaws.CheckIssuer(path, Issuer).Concat(ProviderLaws.CheckClient(path, ClientId, ClientSecretFile, Authorities)))
            yield return broken;
        if (AnswerWithin < TimeSpan.FromMilliseconds(100) || AnswerWithin > TimeSpan.FromMinutes(1))
            yield return $"{path}.answerWithin: between 00:00:00.1 and 00:01:00.";
        if (!Scopes.Contains("openid") || Scopes.Any(scope => scope.Length == 0 || scope.Any(c => c is <= ' ' or '"' or '\\' or > '~')))
            yield return $"{path}.scopes: names without white space, 'openid' among them.";
        if (Organization == default)
            yield return $"{path}.organization: the id (org_…) of the organization that its people belong to.";
        if (Roles.Count == 0)
            yield return $"{path}.roles: at least one group and the roles that it gives; without any, nobody could sign in.";
        foreach (var odd in Roles.Values.SelectMany(roles => roles).Distinct().Where(role => !GrantableRoles.Knows(role)))
            yield return $"{path}.roles: '{odd}' is not a role that a provider can give; there are {GrantableRoles.List}.";
        if (!GrantsCoordinatorAdmin && Roles.Values.Any(roles => roles.Contains(GrantableRoles.CoordinatorAdmin)))
            yield return $"{path}.roles: gives 'admin', who runs this Coordinator. If you mean that, say so with \"grantsCoordinatorAdmin\": true.";
    }
}
