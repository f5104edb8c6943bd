using Vantage.Protocol.Tls;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>What holds for the settings of every provider, whatever it is asked for.</summary>
internal static class ProviderLaws
{
    public static IEnumerable<string> CheckIssuer(string path, string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || !ProviderAddress.IsFit(url) || url.Query.Length > 0)
            yield return $"{path}.issuer: '{issuer}' must be https://host[:port][/path], exactly as the provider writes it.";
    }

    public static IEnumerable<string> CheckClient(string path, string clientId, string? secretFile, string? authorities)
    {
        if (clientId.Length is 0 or > 200)
            yield return $"{path}.clientId: the name under which the provider knows this Coordinator.";
        if (secretFile is not null && SecretFile.Check(secretFile) is { } wrong)
            yield return $"{path}.clientSecretFile: {wrong}";
        if (authorities is not null && CheckAuthorities(authorities) is { } unusable)
            yield return $"{path}.authorities: {unusable}";
    }

    private static string? CheckAuthorities(string file)
    {
        try
        {
            FurtherAuthorities.FromPemFile(file);
            return null;
        }
        catch (AuthoritiesException e)
        {
            return e.Message;
        }
    }
}
