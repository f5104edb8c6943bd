using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>A verified list of an organization's revoked keys.</summary>
public sealed class KeyRevocations
{
    private readonly Dictionary<KeyId, RevokedCertificateKey> keys;
    private readonly Dictionary<string, RevokedPrincipal> principals;

    private KeyRevocations(Verified<KeyRevocationStatement> verified, string jws)
    {
        (Statement, Signer, Jws) = (verified.Value, verified.Signer, jws);
        keys = Statement.Keys.ToDictionary(k => k.Key);
        principals = Statement.Principals.ToDictionary(p => p.Principal, StringComparer.Ordinal);
    }

    /// <summary>How long a list may hold.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromHours(24);

    public KeyRevocationStatement Statement { get; }

    public CertifiedIdentity Signer { get; }

    /// <summary>As it was signed.</summary>
    public string Jws { get; }

    public static string Sign(KeyRevocationStatement statement, SigningKey key, CertificateChain chain)
    {
        KeyRevocationRules.Require(statement);
        return SignedDocument.Sign(
            statement, KeyRevocationStatement.JwsType, SignedJson.Default.KeyRevocationStatement, key, chain);
    }

    /// <summary>
    /// Throws <see cref="TrustException"/> unless the issuer's root, or a key that it certified for this, signed the list, and
    /// it may follow the one seen before. Whether it has expired is asked each time it is used: <see cref="HoldsAt"/>.
    /// </summary>
    /// <param name="jws">The signed list.</param>
    /// <param name="roots">Whose roots are believed.</param>
    /// <param name="at">The instant at which the signer's certificate has to be valid.</param>
    /// <param name="before">The newest list of the same issuer seen so far; null for the first time.</param>
    public static KeyRevocations Verify(string jws, ITrust roots, DateTimeOffset at, KeyRevocations? before = null)
    {
        var verified = SignedDocument.VerifyBy(CertificatePurpose.Revocation, jws, KeyRevocationStatement.JwsType,
            SignedJson.Default.KeyRevocationStatement, roots, at);
        KeyRevocationRules.Require(verified.Value);
        if (verified.Value.Issuer != verified.Signer.Organization)
        {
            throw new SignatureException(SignatureFault.WrongSigner,
                $"The revoked keys of {verified.Value.Issuer} are signed by {verified.Signer.Identity}.");
        }

        var list = new KeyRevocations(verified, jws);
        if (before is not null)
            KeyRevocationRules.RequireSuccessor(before, list);
        return list;
    }

    public bool HoldsAt(DateTimeOffset at) => at < Statement.NotAfter;

    /// <summary>Why a certificate's key counts no more at an instant; null if nothing is held against it then.</summary>
    public string? ReasonAgainst(Certificate certificate, DateTimeOffset at) =>
        ReasonAgainst(certificate.KeyId, at)
        ?? (principals.TryGetValue(certificate.Identity.Principal.ToString()!, out var of) && at >= of.Since
            ? Words(of.Principal, of.Since, of.Reason)
            : null);

    internal string? ReasonAgainst(KeyId key, DateTimeOffset at) =>
        keys.TryGetValue(key, out var revoked) && at >= revoked.Since
            ? Words($"the key {key}", revoked.Since, revoked.Reason)
            : null;

    private static string Words(string what, DateTimeOffset since, string reason) => $"{what} since {since:u}: {reason}";
}
