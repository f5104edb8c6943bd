using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>The one curve, and the one spelling of its public keys and signatures.</summary>
internal static class P256
{
    public const int CoordinateSize = 32;
    public const int PointSize = 1 + (2 * CoordinateSize);
    public const int SignatureSize = 2 * CoordinateSize;

    /// <summary>SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING … }: what stands before the point.</summary>
    private static ReadOnlySpan<byte> SpkiPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// <summary>n, the order of the group.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];

    /// <summary>⌊n/2⌋, the greatest s of a signature that is accepted.</summary>
    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
    ];

    public static byte[] ToSpki(ReadOnlySpan<byte> point) => [.. SpkiPrefix, .. point];

    /// <summary>The uncompressed point of a SubjectPublicKeyInfo, if it is spelled exactly as <see cref="ToSpki"/> does.</summary>
    public static byte[] PointOfSpki(ReadOnlySpan<byte> spki) =>
        spki.Length == SpkiPrefix.Length + PointSize && spki.StartsWith(SpkiPrefix)
            ? spki[SpkiPrefix.Length..].ToArray()
            : throw new CryptographicException(
                "Not a P-256 public key: expected a DER SubjectPublicKeyInfo of 91 bytes with the named curve prime256v1 and an "
                + "uncompressed point. Other curves, RSA and compressed points are not used here.");

    public static byte[] PointOf(ECPoint q) => [0x04, .. q.X!, .. q.Y!];

    public static ECParameters PublicParameters(ReadOnlySpan<byte> point) =>
        point.Length == PointSize && point[0] == 0x04
            ? new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = point.Slice(1, CoordinateSize).ToArray(),
                    Y = point.Slice(1 + CoordinateSize, CoordinateSize).ToArray(),
                },
            }
            : throw new CryptographicException("Not an uncompressed P-256 point: expected 65 bytes that begin with 04.");

    /// <summary>Refuses private keys of other curves that a PEM import would take.</summary>
    public static ECParameters RequireP256(ECParameters parameters) =>
        parameters.Curve.Oid?.Value == ECCurve.NamedCurves.nistP256.Oid.Value
            ? parameters
            : throw new CryptographicException("Not a P-256 key: only the named curve prime256v1 is used here.");

    public static bool IsLowS(ReadOnlySpan<byte> signature) =>
        signature[CoordinateSize..].SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>
    /// (r, s) and (r, n−s) are both valid ECDSA signatures; only the smaller s is one of ours, so that nobody can make a
    /// second signature out of a first.
    /// </summary>
    public static void MakeLowS(Span<byte> signature)
    {
        if (IsLowS(signature))
            return;
        var s = signature[CoordinateSize..];
        var borrow = 0;
        for (var i = CoordinateSize - 1; i >= 0; i--)
        {
            var difference = Order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)difference;
        }
    }
}
