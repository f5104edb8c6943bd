using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Trees;

/// <summary>The two hashes of a Merkle tree (RFC 6962 §2.1): one byte keeps a leaf from being taken for a node.</summary>
public static class TreeHash
{
    /// <summary>The root of a tree without leaves.</summary>
    public static Digest Empty { get; } = Digest.Of([]);

    public static Digest Leaf(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(content);
        return Digest.FromHash(hash.GetHashAndReset());
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Digest.Size)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Digest.Size)..]);
        return Digest.Of(both);
    }
}
