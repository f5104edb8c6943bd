using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>RFC 9180 §4: HKDF-SHA256 whose inputs name the protocol, the suite and what they are for.</summary>
internal static class LabeledHkdf
{
    public const int HashSize = 32;
    private const int StackLimit = 1024;

    private static ReadOnlySpan<byte> Version => "HPKE-v1"u8;

    public static void Extract(
        ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ikm, Span<byte> prk)
    {
        var size = Version.Length + suite.Length + label.Length + ikm.Length;
        var labeled = size <= StackLimit ? stackalloc byte[size] : new byte[size];
        Concatenate(labeled, suite, label, ikm);
        HKDF.Extract(HashAlgorithmName.SHA256, labeled, salt, prk);
        CryptographicOperations.ZeroMemory(labeled);
    }

    public static void Expand(
        ReadOnlySpan<byte> suite, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        var size = 2 + Version.Length + suite.Length + label.Length + info.Length;
        var labeled = size <= StackLimit ? stackalloc byte[size] : new byte[size];
        BinaryPrimitives.WriteUInt16BigEndian(labeled, (ushort)output.Length);
        Concatenate(labeled[2..], suite, label, info);
        HKDF.Expand(HashAlgorithmName.SHA256, prk, output, labeled);
    }

    private static void Concatenate(
        Span<byte> target, ReadOnlySpan<byte> suite, ReadOnlySpan<byte> label, ReadOnlySpan<byte> rest)
    {
        Version.CopyTo(target);
        target = target[Version.Length..];
        suite.CopyTo(target);
        target = target[suite.Length..];
        label.CopyTo(target);
        rest.CopyTo(target[label.Length..]);
    }
}
