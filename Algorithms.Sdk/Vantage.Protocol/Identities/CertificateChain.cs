using System.Security.Cryptography;

namespace Vantage.Protocol.Identities;

/// <summary>What travels with a signature: the signer's certificate and its root's, or the root's alone if it signs itself.</summary>
public sealed record CertificateChain
{
    private CertificateChain(Certificate signer, Certificate root) => (Signer, Root) = (signer, root);

    public Certificate Signer { get; }

    public Certificate Root { get; }

    public static CertificateChain Of(Certificate root) => root.Identity.Purpose == CertificatePurpose.Root
        ? new CertificateChain(root, root)
        : throw new ArgumentException("A chain of one certificate is a root.", nameof(root));

    public static CertificateChain Of(Certificate signer, Certificate root) => signer.IsIssuedBy(root)
        ? new CertificateChain(signer, root)
        : throw new ArgumentException($"The certificate of {signer.Identity} was not issued by this root.", nameof(signer));

    /// <summary>PEM blocks, the signer's first, as <see cref="ToPem"/> writes them.</summary>
    public static CertificateChain FromPem(string pem)
    {
        var certificates = new List<Certificate>();
        for (var rest = pem; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            certificates.Add(Certificate.FromPem(rest[found.Location]));
        return certificates switch
        {
            [var root] => Of(root),
            [var signer, var root] => Of(signer, root),
            _ => throw new CertificateException(
                CertificateFault.CertificateMalformed, "Expected one or two PEM blocks 'CERTIFICATE': the signer's and its root's."),
        };
    }

    public string ToPem() => Signer == Root ? Root.ToPem() : Signer.ToPem() + Root.ToPem();
}
