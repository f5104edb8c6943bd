using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>Signs and verifies catalogues: by an organization's root, or by one of its people.</summary>
public static class Catalogue
{
    public static string Sign(CatalogueStatement statement, SigningKey key, CertificateChain chain) =>
        SignedDocument.Sign(statement, CatalogueStatement.JwsType, SignedJson.Default.CatalogueStatement, key, chain);

    /// <summary>Throws <see cref="TrustException"/> unless a root or person of the issuer signed it and it is not outdated.</summary>
    /// <param name="jws">The signed statement.</param>
    /// <param name="trust">Whose roots are believed.</param>
    /// <param name="at">The instant at which the signer's certificate has to be valid.</param>
    /// <param name="lastSeenSerial">The greatest serial of this issuer seen so far; 0 for the first time.</param>
    public static Verified<CatalogueStatement> Verify(string jws, ITrust trust, DateTimeOffset at, long lastSeenSerial = 0)
    {
        var verified = SignedDocument.Verify(
            jws, CatalogueStatement.JwsType, SignedJson.Default.CatalogueStatement, trust, at);
        var (statement, signer) = (verified.Value, verified.Signer);
        if (statement.V != 1 || statement.Serial < 1)
            throw Invalid("its version is not 1, or its serial is below 1");
        if (signer.Organization != statement.Issuer || signer.Principal is Principal.Node)
        {
            throw new SignatureException(
                SignatureFault.WrongSigner,
                $"The catalogue of {statement.Issuer} is signed by {signer.Identity}: only the issuer's root or people sign it.");
        }

        if (statement.Algorithms.DistinctBy(a => (a.Name, a.Version)).Count() != statement.Algorithms.Count)
            throw Invalid("it lists a name and version twice");
        return statement.Serial >= lastSeenSerial
            ? verified
            : throw new SignatureException(
                SignatureFault.Superseded,
                $"The catalogue has serial {statement.Serial}, but {lastSeenSerial} was seen before. Install the newest one.");
    }

    private static SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The catalogue is not well formed: {why}.");
}
