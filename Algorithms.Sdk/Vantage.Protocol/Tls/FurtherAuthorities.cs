using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vantage.Protocol.Tls;

/// <summary>
/// Certificate authorities that are believed besides the machine's own when a server shows its certificate: an institution's,
/// or its proxy's. They excuse an unknown issuer only; a wrong name, a wrong purpose or an expired certificate stays refused.
/// </summary>
public sealed class FurtherAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection authorities;

    private FurtherAuthorities(X509Certificate2Collection authorities) => this.authorities = authorities;

    /// <summary>Reads a PEM file with one certificate or more.</summary>
    /// <exception cref="AuthoritiesException">The file can't be read, or holds no certificate. The message names the file.</exception>
    public static FurtherAuthorities FromPemFile(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? new(certificates) : throw new CryptographicException("It holds no certificate.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AuthoritiesException($"{file} can't be used: {e.Message}", e);
        }
    }

    /// <summary>Has a handler believe these authorities too.</summary>
    public void ApplyTo(SslClientAuthenticationOptions options) => options.RemoteCertificateValidationCallback = Believes;

    private bool Believes(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is not null && HaveIssued(certificate, sent));

    private bool HaveIssued(X509Certificate certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
