using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Cryptography;

/// <summary>A SHA-256 digest, shown as <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
[StructLayout(LayoutKind.Sequential)]
[JsonConverter(typeof(ExactTextJsonConverter<Digest>))]
public readonly record struct Digest : IParsable<Digest>
{
    public const int Size = 32;
    private const string Prefix = "sha256:";
    private const int BufferBytes = 256 * 1024;

    private readonly UInt128 high;
    private readonly UInt128 low;

    private Digest(ReadOnlySpan<byte> hash)
    {
        high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }

    /// <summary>The digest of a text's UTF-8 bytes; for a compact JWS these are its characters.</summary>
    public static Digest OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static async Task<Digest> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        // The framework's own reading of a stream takes 4 KiB at a time, each a call to the system.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                hash.AppendData(buffer, 0, count);
            return new Digest(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>For work that is given a thread of its own; whoever can wait uses <see cref="OfAsync"/>.</summary>
    public static Digest Of(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (content.Read(buffer) is > 0 and var count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, count);
            }

            return new Digest(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes a finished SHA-256 hash of 32 bytes.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == Size ? new Digest(hash) : throw new ArgumentException("A SHA-256 hash has 32 bytes.", nameof(hash));

    public static Digest Parse(string s) =>
        TryParse(s, null, out var digest)
            ? digest
            : throw new FormatException("Not a digest: expected 'sha256:' and 64 lower-case hexadecimal digits.");

    public static Digest Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result)
    {
        result = default;
        Span<byte> hash = stackalloc byte[Size];
        if (s is null || !s.StartsWith(Prefix, StringComparison.Ordinal) || !LowerHex.TryDecode(s.AsSpan(Prefix.Length), hash))
            return false;
        result = new Digest(hash);
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

    /// <summary>The 64 hexadecimal digits without the prefix.</summary>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public override string ToString() => Prefix + ToHex();
}
