using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>How a signature travels.</summary>
public enum SignatureForm
{
    /// <summary>cosign's first form: a layer of the manifest that is tagged <c>sha256-….sig</c>.</summary>
    SigTag,

    /// <summary>A sigstore bundle that refers to the image: cosign's form since version 3.</summary>
    Bundle,
}

/// <summary>
/// Something that may be a signature: bytes, and what was made over them. What the bytes say is read only after they
/// were verified.
/// </summary>
/// <param name="Form">How it was found.</param>
/// <param name="Signed">Exactly what was signed.</param>
/// <param name="Der">
/// ECDSA in DER. Many spellings fit one signature, so these bytes never name or distinguish anything.
/// </param>
/// <param name="Hint">The key that it claims to be by, if it claims one.</param>
/// <param name="Claim">Reads, once verified, of which image it is the signature.</param>
internal sealed record ImageSignature(
    SignatureForm Form, ReadOnlyMemory<byte> Signed, byte[] Der, KeyId? Hint, Func<Digest> Claim)
{
    public bool IsBy(SigningPublicKey key)
    {
        try
        {
            return key.VerifyDer(Signed.Span, Der);
        }
        catch (CryptographicException)
        {
            // Some spellings that are no DER are told by an exception, others by the answer.
            return false;
        }
    }
}
