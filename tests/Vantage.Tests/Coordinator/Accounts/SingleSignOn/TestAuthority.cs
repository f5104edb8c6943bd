using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>A certificate authority that no machine knows, and the certificate of a server on this machine.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public TestAuthority(string folder)
    {
        var request = new CertificateRequest("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(Start, Start.AddYears(1));
        File = Path.Combine(folder, "authority.pem");
        System.IO.File.WriteAllText(File, root.ExportCertificatePem());
        Server = Issue();
        System.IO.File.WriteAllText(Path.Combine(folder, "server.pem"), Server.ExportCertificatePem());
        System.IO.File.WriteAllText(Path.Combine(folder, "server.key"), Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>PEM.</summary>
    public string File { get; }

    /// <summary>For <c>localhost</c> by name, and not by number.</summary>
    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        Server.Dispose();
        root.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var bare = request.Create(root, Start, Start.AddDays(30), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
