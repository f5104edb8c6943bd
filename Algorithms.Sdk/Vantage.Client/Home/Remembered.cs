using System.Collections.Concurrent;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Home;

/// <summary>
/// What was made of the files of a home, for as long as they say the same: they are read each time, parsed and verified when they
/// have changed. What time alone changes is asked each time.
/// </summary>
internal sealed class Remembered
{
    private readonly ConcurrentDictionary<string, (string Pem, Certificate Parsed)> certificates = new(StringComparer.Ordinal);
    private Known<Pins>? pins;
    private Known<Verified<CatalogueStatement>>? catalogue;

    /// <param name="Jws">What was signed.</param>
    /// <param name="Root">By whose root it was believed.</param>
    private sealed record Known<T>(string Jws, Digest Root, T Verified)
    {
        public bool Is(string jws, Certificate root) => Root == root.Hash && Jws == jws;
    }

    /// <exception cref="CertificateException">It is none.</exception>
    public Certificate Certificate(string path, string pem)
    {
        if (certificates.TryGetValue(path, out var known) && known.Pem == pem)
        {
            return known.Parsed;
        }

        var parsed = Protocol.Identities.Certificate.FromPem(pem);
        certificates[path] = (pem, parsed);
        return parsed;
    }

    /// <exception cref="TrustException">The own root did not sign it, or is not valid now.</exception>
    public Pins Pins(string jws, Certificate root, DateTimeOffset now)
    {
        if (pins is { } known && known.Is(jws, root))
        {
            _ = Certificates.Verify(root, Own(root), now);
            return known.Verified;
        }

        var verified = Protocol.Statements.Pins.Verify(jws, root, now);
        pins = new(jws, root.Hash, verified);
        return verified;
    }

    /// <summary>Believes the own root and no partner's: whoever names code decides what this person signs.</summary>
    /// <exception cref="TrustException">Nobody of the own organization signed it, or not with a key that is valid now.</exception>
    public CatalogueStatement Catalogue(string jws, Certificate root, DateTimeOffset now, long seen)
    {
        if (catalogue is { } known && known.Is(jws, root) && known.Verified.Value.Serial >= seen)
        {
            _ = Certificates.Verify(known.Verified.Signer.Certificate, Own(root), now);
            return known.Verified.Value;
        }

        var verified = Protocol.Statements.Catalogue.Verify(jws, Own(root), now, seen);
        catalogue = new(jws, root.Hash, verified);
        return verified.Value;
    }

    private static PinnedRoots Own(Certificate root) => new([PinnedRoot.Of(root)]);
}
