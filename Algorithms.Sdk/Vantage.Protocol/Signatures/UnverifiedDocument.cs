using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Protocol.Signatures;

/// <summary>Content that was read from a signed document, before anything of it is believed.</summary>
public sealed class UnverifiedDocument<T>
{
    private readonly Jws jws;

    internal UnverifiedDocument(Jws jws, T value) => (this.jws, Value) = (jws, value);

    /// <summary>What it says.</summary>
    public T Value { get; }

    /// <summary>
    /// The same content, believed. Throws <see cref="TrustException"/> unless the document is of the type, signed by a key that
    /// a pinned root certified for signing, valid at the instant, and unaltered.
    /// </summary>
    /// <param name="type">Such as <c>vantage-manifest+jws</c>.</param>
    /// <param name="trust">Whose roots are believed.</param>
    /// <param name="at">The instant at which the signer's certificate has to be valid.</param>
    public Verified<T> Verify(string type, ITrust trust, DateTimeOffset at) =>
        new(Value, SignedDocument.VerifySignature(jws, type, trust, at), Digest.OfText(jws.Compact));
}
