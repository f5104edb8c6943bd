using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Signatures;

/// <summary>Signs records as JWS and reads them back, believing only what a pinned root stands behind.</summary>
public static class SignedDocument
{
    /// <param name="value">What is signed, as JSON.</param>
    /// <param name="type">Such as <c>vantage-manifest+jws</c>.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="key">The signer's private key.</param>
    /// <param name="chain">The signer's certificate and its root's.</param>
    public static string Sign<T>(T value, string type, JsonTypeInfo<T> json, SigningKey key, CertificateChain chain)
    {
        if (chain.Signer.Identity.Purpose == CertificatePurpose.Encryption || chain.Signer.KeyId != key.KeyId)
            throw new ArgumentException("The certificate is not one of the signing key.", nameof(chain));
        return Jws.Sign(JwsHeader.For(type, chain), JsonSerializer.SerializeToUtf8Bytes(value, json), key);
    }

    /// <summary>
    /// Throws <see cref="TrustException"/> (<see cref="SignatureException"/> or <see cref="CertificateException"/>) unless the
    /// document is of the type, signed by a key that a pinned root certified for signing, valid at the instant, unaltered, and
    /// has exactly the members of <typeparamref name="T"/>.
    /// </summary>
    public static Verified<T> Verify<T>(string compact, string type, JsonTypeInfo<T> json, ITrust trust, DateTimeOffset at) =>
        VerifyBy(CertificatePurpose.Signing, compact, type, json, trust, at);

    /// <summary>As above, for a document that keys of another purpose sign; a root may sign anything.</summary>
    internal static Verified<T> VerifyBy<T>(
        CertificatePurpose purpose, string compact, string type, JsonTypeInfo<T> json, ITrust trust, DateTimeOffset at)
    {
        var jws = Jws.Parse(compact);
        var signer = VerifySignature(jws, type, trust, at, purpose);
        return new Verified<T>(Read(jws.Payload.Span, json), signer, Digest.OfText(compact));
    }

    /// <summary>
    /// What a document says, believing nothing: who is to be asked about its signer, how long to remember it. As strict about
    /// the content as <see cref="Verify{T}"/>. Throws <see cref="SignatureException"/>.
    /// </summary>
    public static T ReadUnverified<T>(string compact, JsonTypeInfo<T> json) => Open(compact, json).Value;

    /// <summary>As <see cref="ReadUnverified{T}"/>, for who then asks whether it is to be believed: it is read once.</summary>
    public static UnverifiedDocument<T> Open<T>(string compact, JsonTypeInfo<T> json)
    {
        var jws = Jws.Parse(compact);
        return new UnverifiedDocument<T>(jws, Read(jws.Payload.Span, json));
    }

    internal static CertifiedIdentity VerifySignature(
        Jws jws, string type, ITrust trust, DateTimeOffset at, CertificatePurpose purpose = CertificatePurpose.Signing)
    {
        if (jws.Header.Type != type)
        {
            throw new SignatureException(
                SignatureFault.WrongType, $"A signed document of type '{jws.Header.Type}' stands where '{type}' is expected.");
        }

        var signer = VerifySigner(jws.Header, trust, at, purpose);
        return jws.IsSignedBy(signer.Certificate.SigningKey)
            ? signer
            : throw new SignatureException(
                SignatureFault.SignatureInvalid, $"The signature of {signer.Identity} does not fit: the document was altered.");
    }

    private static CertifiedIdentity VerifySigner(JwsHeader header, ITrust trust, DateTimeOffset at, CertificatePurpose purpose)
    {
        var signer = Certificates.Verify(header.Certificates[0], Digest.Of(header.Certificates[^1]), trust, at);
        var isRoot = signer.Purpose == CertificatePurpose.Root;
        return isRoot == (header.Certificates.Count == 1)
            ? isRoot ? signer : signer.For(purpose)
            : throw new SignatureException(
                SignatureFault.JwsHeaderRefused, "x5c holds the signer's certificate and its root's, or a root's alone.");
    }

    private static T Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> json)
    {
        try
        {
            return ExactJson.Read(content, json);
        }
        catch (JsonException e)
        {
            throw new SignatureException(SignatureFault.ContentInvalid, $"The signed content is not a {typeof(T).Name}: {e.Message}", e);
        }
    }
}
