using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Cryptography;

/// <summary>
/// Names a public key: SHA-256 of its DER SubjectPublicKeyInfo, shown as 64 lower-case hexadecimal digits.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
[JsonConverter(typeof(ExactTextJsonConverter<KeyId>))]
public readonly record struct KeyId : IParsable<KeyId>, IComparable<KeyId>
{
    public const int Size = 32;

    private readonly UInt128 high;
    private readonly UInt128 low;

    private KeyId(ReadOnlySpan<byte> bytes)
    {
        high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    public static KeyId FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new KeyId(bytes) : throw new ArgumentException("A key id has 32 bytes.", nameof(bytes));

    public static KeyId OfSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(der, hash);
        return new KeyId(hash);
    }

    public static KeyId Parse(string s) =>
        TryParse(s, null, out var id)
            ? id
            : throw new FormatException("Not a key id: expected 64 lower-case hexadecimal digits.");

    public static KeyId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out KeyId result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (s is null || !LowerHex.TryDecode(s, bytes))
            return false;
        result = new KeyId(bytes);
        return true;
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], low);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The order of the bytes, most significant first.</summary>
    public int CompareTo(KeyId other) =>
        high.CompareTo(other.high) is var order and not 0 ? order : low.CompareTo(other.low);

    public static bool operator <(KeyId left, KeyId right) => left.CompareTo(right) < 0;

    public static bool operator >(KeyId left, KeyId right) => left.CompareTo(right) > 0;

    public static bool operator <=(KeyId left, KeyId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KeyId left, KeyId right) => left.CompareTo(right) >= 0;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
