using System.Text;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Signatures;

/// <summary>
/// A JWS in compact serialization over exact bytes, ES256 only. Parsing proves nothing yet; see
/// <see cref="SignedDocument"/>.
/// </summary>
public sealed class Jws
{
    /// <summary>Larger documents are refused unread.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private Jws(string compact, JwsHeader header, byte[] payload, byte[] signature, int signedLength)
    {
        Compact = compact;
        Header = header;
        Payload = payload;
        Signature = signature;
        SignedLength = signedLength;
    }

    /// <summary>The document as it travels. Its digest is that of these characters.</summary>
    public string Compact { get; }

    public JwsHeader Header { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    private byte[] Signature { get; }

    private int SignedLength { get; }

    public static string Sign(JwsHeader header, ReadOnlySpan<byte> payload, SigningKey key)
    {
        var signed = $"{ExactBase64Url.Encode(header.ToBytes())}.{ExactBase64Url.Encode(payload)}";
        return $"{signed}.{ExactBase64Url.Encode(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Throws <see cref="SignatureException"/> for anything that <see cref="Sign"/> would not have written.</summary>
    public static Jws Parse(string compact)
    {
        if (compact.Length > MaxLength)
            throw Malformed($"it has {compact.Length} characters; more than {MaxLength} are not accepted");
        var first = compact.IndexOf('.', StringComparison.Ordinal);
        var last = compact.LastIndexOf('.');
        if (first < 0 || last == first || compact.AsSpan(first + 1, last - first - 1).Contains('.'))
            throw Malformed("it does not have three parts");
        if (!ExactBase64Url.TryDecode(compact.AsSpan(0, first), out var header)
            || !ExactBase64Url.TryDecode(compact.AsSpan(first + 1, last - first - 1), out var payload)
            || !ExactBase64Url.TryDecode(compact.AsSpan(last + 1), out var signature))
        {
            throw Malformed("a part is not base64url in its exact spelling");
        }

        return new Jws(compact, JwsHeader.Parse(header), payload, signature, last);
    }

    public bool IsSignedBy(SigningPublicKey key) =>
        key.Verify(Encoding.ASCII.GetBytes(Compact, 0, SignedLength), Signature);

    private static SignatureException Malformed(string why) =>
        new(SignatureFault.JwsMalformed, $"Not a signed document (JWS, compact serialization): {why}.");
}
