using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Nodes;

/// <summary>
/// A sign-in challenge: 16 random bytes, its end in seconds, and a MAC over both and the node's id. It is not stored, so
/// that asking for many fills nothing; the random bytes are remembered once it was answered.
/// </summary>
internal sealed record Challenge(byte[] Nonce, DateTimeOffset ExpiresAt)
{
    private const int NonceLength = 16;
    private const int TimeLength = 8;
    private const int Length = NonceLength + TimeLength + 32;

    public static string Create(NodeId node, DateTimeOffset expiresAt, byte[] key, RandomNumberGenerator random)
    {
        var bytes = new byte[Length];
        random.GetBytes(bytes.AsSpan(0, NonceLength));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(NonceLength), expiresAt.ToUnixTimeSeconds());
        Mac(bytes.AsSpan(0, NonceLength + TimeLength), node, key).CopyTo(bytes.AsSpan(NonceLength + TimeLength));
        return ExactBase64Url.Encode(bytes);
    }

    /// <summary>False unless this Coordinator gave it to this node and it has not ended.</summary>
    public static bool TryOpen(string text, NodeId node, DateTimeOffset now, byte[] key, [NotNullWhen(true)] out Challenge? challenge)
    {
        challenge = null;
        if (text.Length > 2 * Length || !ExactBase64Url.TryDecode(text, out var bytes) || bytes.Length != Length)
            return false;
        var signed = bytes.AsSpan(0, NonceLength + TimeLength);
        if (!CryptographicOperations.FixedTimeEquals(Mac(signed, node, key), bytes.AsSpan(NonceLength + TimeLength)))
            return false;
        var ends = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(signed[NonceLength..]));
        if (now >= ends)
            return false;
        challenge = new Challenge(bytes[..NonceLength], ends);
        return true;
    }

    private static byte[] Mac(ReadOnlySpan<byte> signed, NodeId node, byte[] key)
    {
        Span<byte> text = stackalloc byte[NonceLength + TimeLength + 16];
        signed.CopyTo(text);
        node.Value.TryWriteBytes(text[(NonceLength + TimeLength)..], bigEndian: true, out _);
        return HMACSHA256.HashData(key, text);
    }
}
