using System.Security.Cryptography;

namespace Vantage.Protocol.Envelopes;

/// <summary>The key of the body. The file key itself encrypts nothing.</summary>
internal static class PayloadKey
{
    public static void Derive(ReadOnlySpan<byte> fileKey, Span<byte> payloadKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, payloadKey, [], "vantage-envelope-v1 payload"u8);
}
